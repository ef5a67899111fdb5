//go:build tools

// Package tools pins what the toolchain builds, so that go.sum guards it.
package tools

import (
	_ "sigs.k8s.io/kwok/cmd/kwok"
)
