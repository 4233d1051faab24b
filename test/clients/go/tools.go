//go:build tools

// Package tools names the command that this module is there to build: the pool CLI.
package tools

import _ "github.com/lightninglabs/pool/cmd/pool"
