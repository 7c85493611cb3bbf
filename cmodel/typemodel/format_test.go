package typemodel

import "testing"

func TestParseUnit(t *testing.T) {
	tests := []struct {
		format string
		n      int
		want   byte
	}{
		{"U|Oi", 0, 'U'}, {"U|Oi", 1, 'O'}, {"U|Oi", 2, 'i'},
		{"O!O:f", 1, '!'}, {"O!O:f", 2, 'O'}, {"O&U", 1, '&'}, {"O&U", 2, 'U'},
		{"s#O", 2, 'O'}, {"y*S", 1, 'S'}, {"es#U", 3, 'U'}, {"etO", 2, 'O'},
		{"(OO)Y;message", 2, 'Y'}, {"O:U", 1, 0},
	}
	for _, tt := range tests {
		if got := parseUnit(tt.format, tt.n); got != tt.want {
			t.Errorf("parseUnit(%q, %d) = %q, want %q", tt.format, tt.n, got, tt.want)
		}
	}
}
