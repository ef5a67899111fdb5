// A stand-in for Pulumi's `rke` plugin, for machines without nodes to make a cluster of. Its schema,
// its checks and its state are those of the real provider, `rancher/terraform-provider-rke`, behind
// Pulumi's bridge; what would reach nodes by SSH is replaced: nodes take some time, and appear as Node
// objects in the cluster of the kubeconfig that EO_RKE_KUBECONFIG names.
package main

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	sdkv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
	"github.com/rancher/terraform-provider-rke/rke"

	"eoplatform/embedded/plugins/bridge"
)

// Of the package whose tokens and names are served; stamped by the linker.
var version = "0.0.0"

func main() {
	provider := rke.Provider()
	cluster := provider.ResourcesMap["rke_cluster"]
	standIn := standInFor(cluster)
	cluster.CreateContext = standIn.create
	cluster.UpdateContext = standIn.update
	cluster.DeleteContext = standIn.delete
	// An import goes through the real create, which reaches nodes.
	cluster.Importer = nil

	bridge.Main(tfbridge.ProviderInfo{
		P:       sdkv2.NewProvider(provider),
		Name:    "rke",
		Version: version,
		Resources: map[string]*tfbridge.ResourceInfo{
			"rke_cluster": {Tok: "rke:index/cluster:Cluster", Fields: deprecated()},
		},
	})
}

// The names that Pulumi gives to what is deprecated: plain conversion would give others.
func deprecated() map[string]*tfbridge.SchemaInfo {
	roles := map[string]*tfbridge.SchemaInfo{"roles": {Name: "rolesDeprecated"}}
	return map[string]*tfbridge.SchemaInfo{
		"nodes":                    {Elem: &tfbridge.SchemaInfo{Fields: roles}},
		"services_etcd":            {Name: "servicesEtcdDeprecated"},
		"services_kube_api":        {Name: "servicesKubeApiDeprecated"},
		"services_kube_controller": {Name: "servicesKubeControllerDeprecated"},
		"services_kubelet":         {Name: "servicesKubeletDeprecated"},
		"services_kubeproxy":       {Name: "servicesKubeProxyDeprecated"},
		"services_scheduler":       {Name: "servicesKubeSchedulerDeprecated"},
	}
}
