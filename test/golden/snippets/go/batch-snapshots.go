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

	request := &auctioneerrpc.BatchSnapshotsRequest{
		StartBatchId:   fromHex("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"),
		NumBatchesBack: 3,
	}
	reply, err := client.BatchSnapshots(ctx, request)
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
