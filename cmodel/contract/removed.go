package contract

import (
	"slices"
	"strings"
)

// Removed returns the first version of CPython 3 that has no function of this name
// any more, 0 if all later ones have it. A function whose contract changed is not
// removed.
func Removed(name string) Version {
	all := builtin()
	var gone Version
	i, _ := slices.BinarySearchFunc(all, name, func(f *Func, name string) int { return strings.Compare(f.Name, name) })
	for ; i < len(all) && all[i].Name == name; i++ {
		if all[i].Until == 0 {
			return 0
		}
		gone = max(gone, all[i].Until)
	}
	return gone
}
