//go:build tools

// Package daemons pins what a real Pool on regtest is made of.
package daemons

import (
	_ "github.com/btcsuite/btcd"
	_ "github.com/lightninglabs/pool/cmd/poold"
	_ "github.com/lightningnetwork/lnd/cmd/lnd"
)
