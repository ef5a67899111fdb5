//go:build tools

// Package tools pins what the toolchain builds, so that go.sum guards it.
package tools

import (
	_ "github.com/terraform-provider-openstack/terraform-provider-openstack"
)
