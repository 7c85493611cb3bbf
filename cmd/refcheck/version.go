package main

import (
	"fmt"
	"io"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// released is the version that this source will be, or has been, released as.
const released = "0.1.0"

// linked is set by the linker in release archives.
var linked string

var releaseTag = regexp.MustCompile(`^v\d+\.\d+\.\d+(-[A-Za-z][0-9A-Za-z.-]*)?$`)

// version is that of the archive, or of the module that "go install" fetched.
func version() string {
	if linked != "" {
		return linked
	}
	if info, ok := debug.ReadBuildInfo(); ok && releaseTag.MatchString(info.Main.Version) {
		return strings.TrimPrefix(info.Main.Version, "v")
	}
	return released
}

// newVersion is the command "refcheck version".
func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, and what it was built from",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return printVersion(cmd.OutOrStdout())
		},
	}
}

func printVersion(w io.Writer) error {
	text := fmt.Sprintf("refcheck %s\n", version())
	if info, ok := debug.ReadBuildInfo(); ok {
		vcs := map[string]string{}
		for _, s := range info.Settings {
			vcs[s.Key] = s.Value
		}
		if commit := vcs["vcs.revision"]; commit != "" {
			changed := ""
			if vcs["vcs.modified"] == "true" {
				changed = ", with changes"
			}
			text += fmt.Sprintf("commit %s of %s%s\n", commit, vcs["vcs.time"], changed)
		}
	}
	_, err := fmt.Fprintf(w, "%s%s, %s/%s\n", text, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
