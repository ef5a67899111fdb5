// The Terraform provider that Pulumi's `openstack` package is made from, behind Pulumi's bridge: for
// machines where the official plugin cannot be downloaded. It is the real provider and calls the real
// cloud; what of it programs can name stands in tokens.go.
package main

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	sdkv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/terraform-provider-openstack/terraform-provider-openstack/openstack"

	"eoplatform/embedded/plugins/bridge"
)

// Of the npm package whose tokens and names are served; stamped by the linker.
var version = "0.0.0"

func main() {
	info := tfbridge.ProviderInfo{
		P:           sdkv2.NewProvider(openstack.Provider()),
		Name:        "openstack",
		Version:     version,
		Resources:   map[string]*tfbridge.ResourceInfo{},
		DataSources: map[string]*tfbridge.DataSourceInfo{},
	}
	for name, token := range resources {
		info.Resources[name] = &tfbridge.ResourceInfo{Tok: tokens.Type("openstack:" + token)}
	}
	for name, token := range functions {
		info.DataSources[name] = &tfbridge.DataSourceInfo{Tok: tokens.ModuleMember("openstack:" + token)}
	}
	// Where the conversion alone would give other names than the npm package has.
	info.Resources["openstack_networking_subnet_v2"].Fields = map[string]*tfbridge.SchemaInfo{
		"allocation_pool":  {Name: "allocationPools"},
		"allocation_pools": {Name: "allocationPoolsCollection"},
	}
	// Names as the official plugin makes them: the resource's name and seven hexadecimal digits.
	info.SetAutonaming(255, "-")
	bridge.Main(info)
}
