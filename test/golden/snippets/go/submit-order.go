package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/lightninglabs/pool/auctioneerrpc"
	"github.com/lightninglabs/pool/poolrpc"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

func main() {
	if err := run(); err != nil {
		if call, ok := status.FromError(err); ok {
			err = fmt.Errorf("%s: %s", call.Code(), call.Message())
		}
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	home, err := os.UserHomeDir()
	if err != nil {
		return err
	}
	creds, err := credentials.NewClientTLSFromFile(filepath.Join(home, ".pool/regtest/tls.cert"), "")
	if err != nil {
		return err
	}
	conn, err := grpc.NewClient("localhost:12010", grpc.WithTransportCredentials(creds))
	if err != nil {
		return err
	}
	defer conn.Close()
	client := poolrpc.NewTraderClient(conn)

	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	macaroon, err := os.ReadFile(filepath.Join(home, ".pool/regtest/pool.macaroon"))
	if err != nil {
		return err
	}
	ctx = metadata.AppendToOutgoingContext(ctx, "macaroon", hex.EncodeToString(macaroon))

	request := &poolrpc.SubmitOrderRequest{
		Details: &poolrpc.SubmitOrderRequest_Bid{
			Bid: &poolrpc.Bid{
				Details: &poolrpc.Order{
					TraderKey:               fromHex("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"),
					RateFixed:               4960,
					Amt:                     18446744073709551615,
					MaxBatchFeeRateSatPerKw: 12500,
					MinUnitsMatch:           1,
					ChannelType:             auctioneerrpc.OrderChannelType_ORDER_CHANNEL_TYPE_PEER_DEPENDENT,
					AllowedNodeIds:          [][]byte{fromHex("0001"), fromHex("fbff")},
				},
				LeaseDurationBlocks: 2016,
				Version:             7,
			},
		},
		Initiator: "| |plain|it's|\"double\" and 'single'|'''\"\"\"|back\\slash \\n \\u0041 \\|line\nbreak\r\nand\ttab|$(touch /tmp/never) `id` ${HOME} $HOME !! !event|a; b & c | d > e < f # g * ? [h] {i,j} ~ ~/k|%s %d %% \\x41 \\101 \\0|-e --data @file|Grüße, 日本語, 🜚 👩\u200d👩|\u2028\u2029\u0085\u00a0\ufeff\u200b\u202e|\u0001\u001b[31m\u007f|EOF\nEND\n'EOF'|#{ruby} #\"# r#\"raw\"# {rust} {{}} `js ${1}`|</script><!-- ]]>|\u0000|a\u0000b|1\u00002",
	}
	reply, err := client.SubmitOrder(ctx, request)
	if err != nil {
		return err
	}
	show(reply)
	return nil
}

func show(reply proto.Message) {
	fmt.Println(protojson.MarshalOptions{Multiline: true, UseProtoNames: true}.Format(reply))
}

func fromHex(text string) []byte {
	data, err := hex.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return data
}
