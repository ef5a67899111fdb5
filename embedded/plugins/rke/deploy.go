package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/rancher/rke/cluster"
	"github.com/rancher/rke/hosts"
	"golang.org/x/crypto/ssh"
)

// Environment variables that say how the stand-in behaves.
const (
	// File of the kubeconfig that it hands out, and in whose cluster Node objects come and go.
	kubeconfigVariable = "EO_RKE_KUBECONFIG"
	// How many seconds each new node takes; default 1.
	secondsVariable = "EO_RKE_SECONDS_PER_NODE"
	// How many new nodes come up before it fails; default: it does not fail.
	failVariable = "EO_RKE_FAIL_AFTER_NODES"
)

// deploy plays the part of RKE that reaches nodes, in RKE's order: nodes that left, control plane
// and etcd, the current state, workers, labels and taints.
func deploy(ctx context.Context, flags cluster.ExternalFlags, kubeconfig []byte) error {
	state, wanted, current, err := clusters(ctx, flags)
	if err != nil {
		return err
	}
	if err := cluster.SetUpAuthentication(ctx, wanted, current, state); err != nil {
		return err
	}
	if err := os.WriteFile(wanted.LocalKubeConfigPath, kubeconfig, 0o600); err != nil {
		return err
	}
	nodes, err := nodesOf(wanted)
	if err != nil {
		return err
	}
	if err := nodes.remove(ctx, current, wanted); err != nil {
		return err
	}
	first, workers := inOrder(wanted)
	join := joiner(ctx, nodes, len(first)+len(workers))
	for _, host := range first {
		if err := join(host); err != nil {
			return err
		}
	}
	if err := wanted.UpdateClusterCurrentState(ctx, state); err != nil {
		return err
	}
	for _, host := range workers {
		if err := join(host); err != nil {
			return err
		}
	}
	return wanted.SyncLabelsAndTaints(ctx, current)
}

// tearDown removes the Node objects; a cluster that cannot be reached any more is no obstacle, as it
// is none to RKE.
func tearDown(ctx context.Context, flags cluster.ExternalFlags) error {
	_, wanted, _, err := clusters(ctx, flags)
	if err != nil {
		return nil
	}
	nodes, err := nodesOf(wanted)
	if err != nil {
		return nil
	}
	first, workers := inOrder(wanted)
	for _, host := range append(workers, first...) {
		say(ctx, "removing node %s", host.HostnameOverride)
		if err := nodes.delete(ctx, host); err != nil {
			say(ctx, "node %s: %v", host.HostnameOverride, err)
		}
	}
	return nil
}

func givenKubeconfig() ([]byte, error) {
	file := os.Getenv(kubeconfigVariable)
	if file == "" {
		return nil, fmt.Errorf("this is a stand-in for rke, which makes no cluster: set %s to the kubeconfig that it shall hand out", kubeconfigVariable)
	}
	return os.ReadFile(file)
}

// clusters are the wanted and the current one (nil before the first is complete) out of the state.
func clusters(ctx context.Context, flags cluster.ExternalFlags) (state *cluster.FullState, wanted, current *cluster.Cluster, err error) {
	state, err = cluster.ReadStateFile(ctx, cluster.GetStateFilePath(flags.ClusterFilePath, flags.ConfigDir))
	if err != nil {
		return
	}
	encryption := state.DesiredState.EncryptionConfig
	if state.CurrentState.EncryptionConfig != "" {
		encryption = state.CurrentState.EncryptionConfig
	}
	wanted, err = cluster.InitClusterObject(ctx, state.DesiredState.RancherKubernetesEngineConfig.DeepCopy(), flags, encryption)
	if err != nil {
		return
	}
	current, err = wanted.GetClusterState(ctx, state)
	return
}

// accepted is what RKE checks once it reaches the nodes.
func accepted(ctx context.Context, flags cluster.ExternalFlags) error {
	_, wanted, current, err := clusters(ctx, flags)
	if err != nil {
		return err
	}
	if err := cluster.ValidateHostCount(wanted); err != nil {
		return err
	}
	if current != nil && len(hosts.GetHostListIntersect(wanted.EtcdHosts, current.EtcdHosts)) == 0 {
		return errors.New(cluster.EtcdPlaneNodesReplacedErr)
	}
	for _, host := range allHosts(wanted) {
		if err := canLogIn(host); err != nil {
			return fmt.Errorf("host [%s]: %w", host.Address, err)
		}
	}
	return nil
}

// canLogIn finds the key without which RKE would not reach the node.
func canLogIn(host *hosts.Host) error {
	if _, err := hosts.SSHFactory(host); err != nil {
		return err
	}
	if host.SSHKey == "" {
		return nil
	}
	if _, err := ssh.ParsePrivateKey([]byte(host.SSHKey)); err != nil {
		return fmt.Errorf("Failed to parse the SSH private key: %v", err)
	}
	return nil
}

// joiner brings up one node after the other; those that are there already cost nothing.
func joiner(ctx context.Context, nodes *clusterNodes, total int) func(*hosts.Host) error {
	seen, made := 0, 0
	seconds := number(secondsVariable, 1)
	limit := number(failVariable, -1)
	return func(host *hosts.Host) error {
		seen++
		there, err := nodes.has(ctx, host)
		if err != nil || there {
			return err
		}
		if limit >= 0 && made >= limit {
			return fmt.Errorf("[stand-in] host [%s] failed, as %s=%d asks for", host.Address, failVariable, limit)
		}
		say(ctx, "node %d of %d: %s", seen, total, host.HostnameOverride)
		select {
		case <-time.After(time.Duration(seconds) * time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
		made++
		return nodes.register(ctx, host)
	}
}

func number(variable string, otherwise int) int {
	if found, err := strconv.Atoi(os.Getenv(variable)); err == nil {
		return found
	}
	return otherwise
}

// inOrder are the nodes in RKE's order, each once: etcd and control plane, then workers alone.
func inOrder(of *cluster.Cluster) (first, workers []*hosts.Host) {
	for _, host := range allHosts(of) {
		if host.IsEtcd || host.IsControl {
			first = append(first, host)
		} else {
			workers = append(workers, host)
		}
	}
	return
}

func allHosts(of *cluster.Cluster) []*hosts.Host {
	seen := map[string]bool{}
	var all []*hosts.Host
	for _, list := range [][]*hosts.Host{of.EtcdHosts, of.ControlPlaneHosts, of.WorkerHosts} {
		for _, host := range list {
			if !seen[host.Address] {
				seen[host.Address] = true
				all = append(all, host)
			}
		}
	}
	return all
}

// say shows progress beside the resource.
func say(ctx context.Context, format string, args ...interface{}) {
	tfbridge.GetLogger(ctx).Status().Info(fmt.Sprintf(format, args...))
}
