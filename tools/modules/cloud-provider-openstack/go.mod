module eoplatform/tools/cloud-provider-openstack

go 1.22.0

// Nothing is built from it: it carries the charts. go.sum guards v1.36.0 of it too.
require k8s.io/cloud-provider-openstack v1.31.2
