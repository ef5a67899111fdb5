//go:build tools

// Package tools pins what the toolchain builds, so that go.sum guards it.
package tools

import (
	_ "helm.sh/helm/v3/cmd/helm"
)
