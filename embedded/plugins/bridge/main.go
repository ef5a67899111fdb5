// Package bridge makes a Terraform provider a plugin of the engine.
package bridge

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
)

// Main serves the provider to the engine. With `-shape` it prints the names and types that programs
// see instead, as JSON; with `-version` the version of the Pulumi package.
func Main(info tfbridge.ProviderInfo) {
	if len(os.Args) > 1 && os.Args[1] == "-shape" {
		encoder := json.NewEncoder(os.Stdout)
		encoder.SetIndent("", " ")
		if err := encoder.Encode(ShapeOf(info)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	tfbridge.Main(info.Name, info.Version, info, nil)
}
