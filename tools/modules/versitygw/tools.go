//go:build tools

// Package tools pins what the toolchain builds, so that go.sum guards it.
package tools

import (
	_ "github.com/versity/versitygw/cmd/versitygw"
)
