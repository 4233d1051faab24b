//go:build tools

// Package tools names the command that this module is there to build. It is a module of its own, because the
// replace that the pool CLI needs would make grpcurl print bytes as hex.
package tools

import _ "github.com/fullstorydev/grpcurl/cmd/grpcurl"
