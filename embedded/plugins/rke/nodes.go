package main

import (
	"context"

	"github.com/rancher/rke/cluster"
	"github.com/rancher/rke/hosts"
	"github.com/rancher/rke/k8s"
	v1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

// Size of every node: RKE is not told what the servers are. That of the embedded control plane's.
const nodeCPU, nodeMemory = "8", "32Gi"

// clusterNodes are the Node objects that the nodes' kubelets would make.
type clusterNodes struct {
	client *kubernetes.Clientset
}

func nodesOf(wanted *cluster.Cluster) (*clusterNodes, error) {
	// The bastion would be dialled for the API too.
	wanted.K8sWrapTransport = nil
	client, err := k8s.NewClient(wanted.LocalKubeConfigPath, nil)
	return &clusterNodes{client}, err
}

func (n *clusterNodes) has(ctx context.Context, host *hosts.Host) (bool, error) {
	found, err := n.client.CoreV1().Nodes().Get(ctx, host.HostnameOverride, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		return false, nil
	}
	return err == nil && found.Annotations[k8s.ExternalAddressAnnotation] == host.Address, err
}

// register makes the Node object; labels and taints of the inputs are RKE's own part.
func (n *clusterNodes) register(ctx context.Context, host *hosts.Host) error {
	// One of the same name and another address is a former node.
	if err := n.delete(ctx, host); err != nil {
		return err
	}
	server, err := n.client.Discovery().ServerVersion()
	if err != nil {
		return err
	}
	_, err = n.client.CoreV1().Nodes().Create(ctx, nodeObject(host, server.GitVersion), metav1.CreateOptions{})
	return err
}

func (n *clusterNodes) delete(ctx context.Context, host *hosts.Host) error {
	err := n.client.CoreV1().Nodes().Delete(ctx, host.HostnameOverride, metav1.DeleteOptions{})
	if apierrors.IsNotFound(err) {
		return nil
	}
	return err
}

// remove takes out the nodes that are no longer wanted.
func (n *clusterNodes) remove(ctx context.Context, current, wanted *cluster.Cluster) error {
	if current == nil {
		return nil
	}
	for _, host := range hosts.GetToDeleteHosts(allHosts(current), allHosts(wanted), nil, false) {
		say(ctx, "removing node %s", host.HostnameOverride)
		if err := hosts.DeleteNode(ctx, host, n.client, false, wanted.CloudProvider.Name); err != nil {
			return err
		}
	}
	return nil
}

func nodeObject(host *hosts.Host, kubeletVersion string) *v1.Node {
	size := v1.ResourceList{
		v1.ResourceCPU:              resource.MustParse(nodeCPU),
		v1.ResourceMemory:           resource.MustParse(nodeMemory),
		v1.ResourcePods:             resource.MustParse("110"),
		v1.ResourceEphemeralStorage: resource.MustParse("100Gi"),
	}
	node := &v1.Node{
		ObjectMeta: metav1.ObjectMeta{
			Name:        host.HostnameOverride,
			Annotations: map[string]string{},
			Labels: map[string]string{
				v1.LabelHostname:   host.HostnameOverride,
				v1.LabelOSStable:   "linux",
				v1.LabelArchStable: "amd64",
			},
		},
		Spec: v1.NodeSpec{Taints: taintsOf(host)},
		Status: v1.NodeStatus{
			Capacity:    size,
			Allocatable: size,
			Addresses: []v1.NodeAddress{
				{Type: v1.NodeInternalIP, Address: host.InternalAddress},
				{Type: v1.NodeHostName, Address: host.HostnameOverride},
			},
			NodeInfo: v1.NodeSystemInfo{
				Architecture:            "amd64",
				OperatingSystem:         "linux",
				KubeletVersion:          kubeletVersion,
				ContainerRuntimeVersion: "simulated://rke",
				KernelVersion:           "simulated",
				OSImage:                 "simulated",
			},
		},
	}
	// A node that was interrupted before RKE set its labels is known again by these.
	k8s.SetNodeAddressesAnnotations(node, host.InternalAddress, host.Address)
	return node
}

// taintsOf are those with which RKE keeps workloads off control plane and etcd.
func taintsOf(host *hosts.Host) []v1.Taint {
	if host.IsWorker {
		return nil
	}
	var taints []v1.Taint
	if host.IsEtcd {
		taints = append(taints, v1.Taint{Key: "node-role.kubernetes.io/etcd", Value: "true", Effect: v1.TaintEffectNoExecute})
	}
	if host.IsControl {
		taints = append(taints, v1.Taint{Key: "node-role.kubernetes.io/controlplane", Value: "true", Effect: v1.TaintEffectNoSchedule})
	}
	return taints
}
