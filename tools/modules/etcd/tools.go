//go:build tools

// Package tools pins what the toolchain builds, so that go.sum guards it.
package tools

import (
	_ "go.etcd.io/etcd/server/v3"
)
