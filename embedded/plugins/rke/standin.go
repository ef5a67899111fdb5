package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/rancher/rke/cluster"
	"github.com/rancher/rke/hosts"
	"github.com/rancher/rke/types"
	"github.com/rancher/terraform-provider-rke/rke"
)

// standIn replaces what would reach nodes. Reading stays the real one: it looks at the state alone.
type standIn struct {
	read schema.ReadContextFunc
}

func standInFor(cluster *schema.Resource) standIn {
	return standIn{read: cluster.ReadContext}
}

func (s standIn) create(ctx context.Context, d *schema.ResourceData, meta interface{}) diag.Diagnostics {
	return s.up(ctx, d, meta)
}

// update gives back what Terraform would show to an update and this bridge hides, because the provider
// has marked it as changing. Without it RKE would make new certificates.
func (s standIn) update(ctx context.Context, d *schema.ResourceData, meta interface{}) diag.Diagnostics {
	for _, key := range []string{"rke_state", "kube_config_yaml"} {
		former, _ := d.GetChange(key)
		if err := d.Set(key, former); err != nil {
			return diag.FromErr(err)
		}
	}
	return s.up(ctx, d, meta)
}

func (s standIn) up(ctx context.Context, d *schema.ResourceData, meta interface{}) diag.Diagnostics {
	if err := bringUp(ctx, d); err != nil {
		return withLog(meta.(*rke.Config), err)
	}
	return s.read(ctx, d, meta)
}

// bringUp keeps the state when the real provider keeps it: once before the nodes, with certificates
// and the wanted cluster, and once after them, however far they came.
func bringUp(ctx context.Context, d *schema.ResourceData) error {
	config, _, file, folder, err := clusterConfig(d)
	defer removeFolder(folder)
	if err != nil {
		return err
	}
	if err := refuse(config); err != nil {
		return err
	}
	flags := flagsOf(d, file)
	if err := initialise(ctx, config, flags); err != nil {
		return fmt.Errorf("Failed initializing cluster err:%v", err)
	}
	if err := accepted(ctx, flags); err != nil {
		return fmt.Errorf("Failed running cluster err:%w", err)
	}
	kubeconfig, err := givenKubeconfig()
	if err != nil {
		return err
	}
	keepFlags(d, &flags)
	if err := keepState(d, folder); err != nil {
		return err
	}
	failed := deploy(ctx, flags, kubeconfig)
	if err := keepState(d, folder); err != nil {
		return errors.Join(failed, err)
	}
	if failed != nil {
		return fmt.Errorf("Failed running cluster err:%w", failed)
	}
	return nil
}

func refuse(config *types.RancherKubernetesEngineConfig) error {
	if config.Restore.Restore {
		return errors.New("the stand-in for rke restores no snapshot: leave restore out")
	}
	if config.RotateCertificates != nil {
		return errors.New("the stand-in for rke rotates no certificates: leave rotateCertificates out")
	}
	return nil
}

// initialise checks the wanted cluster as RKE does, and writes it with new certificates into the
// state's file. RKE itself would look on the nodes for a cluster from before there was such a file.
func initialise(ctx context.Context, config *types.RancherKubernetesEngineConfig, flags cluster.ExternalFlags) error {
	path := cluster.GetStateFilePath(flags.ClusterFilePath, flags.ConfigDir)
	// Without a file there is an empty state.
	old, _ := cluster.ReadStateFile(ctx, path)
	wanted, err := cluster.InitClusterObject(ctx, config, flags, old.DesiredState.EncryptionConfig)
	if err != nil {
		return err
	}
	if err := wanted.SetupDialers(ctx, hosts.DialersOptions{}); err != nil {
		return err
	}
	state, err := cluster.RebuildState(ctx, wanted, old, flags)
	if err != nil {
		return err
	}
	return state.WriteStateFile(ctx, path)
}

func (s standIn) delete(ctx context.Context, d *schema.ResourceData, meta interface{}) diag.Diagnostics {
	_, _, file, folder, err := clusterConfig(d)
	defer removeFolder(folder)
	if err == nil {
		err = tearDown(ctx, flagsOf(d, file))
	}
	if err != nil {
		return withLog(meta.(*rke.Config), err)
	}
	d.SetId("")
	return nil
}
