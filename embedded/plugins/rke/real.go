package main

import (
	_ "unsafe" // for go:linkname

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/rancher/rke/cluster"
	"github.com/rancher/rke/types"
	"github.com/rancher/terraform-provider-rke/rke"
)

// Functions that the real provider keeps to itself. They are called and not rewritten, so that inputs
// become RKE's configuration, and RKE's files the resource's state, exactly as in the real one.

// The configuration, as value and as text, and a temporary folder with the files of the state.
//
//go:linkname clusterConfig github.com/rancher/terraform-provider-rke/rke.getRKEClusterConfig
func clusterConfig(d *schema.ResourceData) (config *types.RancherKubernetesEngineConfig, text, file, folder string, err error)

//go:linkname removeFolder github.com/rancher/terraform-provider-rke/rke.removeTempDir
func removeFolder(folder string)

//go:linkname flagsOf github.com/rancher/terraform-provider-rke/rke.expandRKEClusterFlag
func flagsOf(d *schema.ResourceData, file string) cluster.ExternalFlags

//go:linkname keepFlags github.com/rancher/terraform-provider-rke/rke.flattenRKEClusterFlag
func keepFlags(d *schema.ResourceData, flags *cluster.ExternalFlags)

// Takes `rke_state` and `kube_config_yaml` from the folder, and gives the resource an id.
//
//go:linkname keepState github.com/rancher/terraform-provider-rke/rke.setRKEClusterState
func keepState(d *schema.ResourceData, folder string) error

// The error together with what RKE has logged.
//
//go:linkname withLog github.com/rancher/terraform-provider-rke/rke.(*Config).saveRKEOutput
func withLog(config *rke.Config, err error) diag.Diagnostics
