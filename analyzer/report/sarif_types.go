package report

// The part of the SARIF 2.1.0 object model that refcheck writes. The test checks
// the result against the published schema.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool                `json:"tool"`
		Automation  sarifAutomation          `json:"automationDetails"`
		Invocations []sarifInvocation        `json:"invocations"`
		BaseIDs     map[string]sarifArtifact `json:"originalUriBaseIds"`
		ColumnKind  string                   `json:"columnKind"`
		Taxonomies  []sarifComponent         `json:"taxonomies,omitempty"`
		Results     []sarifResult            `json:"results"`
		Properties  map[string]any           `json:"properties,omitempty"`
	}
	sarifTool struct {
		Driver sarifComponent `json:"driver"`
	}
	sarifComponent struct {
		Name             string              `json:"name"`
		Organization     string              `json:"organization,omitempty"`
		Version          string              `json:"version,omitempty"`
		SemanticVersion  string              `json:"semanticVersion,omitempty"`
		InformationURI   string              `json:"informationUri,omitempty"`
		ShortDescription *sarifText          `json:"shortDescription,omitempty"`
		Rules            []sarifRule         `json:"rules,omitempty"`
		Notifications    []sarifRule         `json:"notifications,omitempty"`
		Taxa             []sarifRule         `json:"taxa,omitempty"`
		Supported        []sarifComponentRef `json:"supportedTaxonomies,omitempty"`
	}
	sarifComponentRef struct {
		Name  string `json:"name"`
		Index int    `json:"index"` // in the run's taxonomies
	}
	sarifAutomation struct {
		ID string `json:"id"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifRule struct {
		ID            string              `json:"id"`
		Name          string              `json:"name,omitempty"`
		Short         *sarifText          `json:"shortDescription,omitempty"`
		Full          *sarifText          `json:"fullDescription,omitempty"`
		HelpURI       string              `json:"helpUri,omitempty"`
		Help          *sarifText          `json:"help,omitempty"`
		Configuration *sarifConfiguration `json:"defaultConfiguration,omitempty"`
		Relationships []sarifRelationship `json:"relationships,omitempty"`
		Properties    map[string]any      `json:"properties,omitempty"`
	}
	sarifConfiguration struct {
		Level string `json:"level"`
	}
	sarifRelationship struct {
		Target sarifRuleRef `json:"target"`
		Kinds  []string     `json:"kinds"`
	}
	sarifRuleRef struct {
		ID        string             `json:"id"`
		Component *sarifComponentRef `json:"toolComponent,omitempty"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications"`
	}
	sarifNotification struct {
		Descriptor sarifRuleRef    `json:"descriptor"`
		Level      string          `json:"level"`
		Message    sarifText       `json:"message"`
		Locations  []sarifLocation `json:"locations,omitempty"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Level        string             `json:"level"`
		Rank         float64            `json:"rank"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Related      []sarifLocation    `json:"relatedLocations,omitempty"`
		CodeFlows    []sarifCodeFlow    `json:"codeFlows,omitempty"`
		Fixes        []sarifFix         `json:"fixes,omitempty"`
		Fingerprints map[string]string  `json:"partialFingerprints,omitempty"`
		Suppressions []sarifSuppression `json:"suppressions,omitzero"` // of all results or of none
		Properties   map[string]any     `json:"properties,omitempty"`
	}
	sarifSuppression struct {
		Kind          string         `json:"kind"`
		Justification string         `json:"justification,omitempty"`
		Location      *sarifLocation `json:"location,omitempty"`
	}
	sarifLocation struct {
		ID       *int           `json:"id,omitempty"`
		Physical *sarifPhysical `json:"physicalLocation,omitempty"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
		Message  *sarifText     `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI         string     `json:"uri,omitempty"`
		BaseID      string     `json:"uriBaseId,omitempty"`
		Description *sarifText `json:"description,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifLogical struct {
		Name string `json:"name"`
		Kind string `json:"kind"`
	}
	sarifCodeFlow struct {
		ThreadFlows []sarifThreadFlow `json:"threadFlows"`
	}
	sarifThreadFlow struct {
		Locations []sarifFlowLocation `json:"locations"`
	}
	sarifFlowLocation struct {
		Location   sarifLocation        `json:"location"`
		Kinds      []string             `json:"kinds"`
		State      map[string]sarifText `json:"state,omitempty"`
		Importance string               `json:"importance"`
	}
	sarifFix struct {
		Description sarifText             `json:"description"`
		Changes     []sarifArtifactChange `json:"artifactChanges"`
	}
	sarifArtifactChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
)
