package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/lightninglabs/pool/auctioneerrpc"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
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
	conn, err := grpc.NewClient("localhost:12011", grpc.WithTransportCredentials(creds))
	if err != nil {
		return err
	}
	defer conn.Close()
	client := auctioneerrpc.NewChannelAuctioneerClient(conn)

	ctx := context.Background()

	messages := []*auctioneerrpc.ClientAuctionMessage{
		{
			Msg: &auctioneerrpc.ClientAuctionMessage_Commit{
				Commit: &auctioneerrpc.AccountCommitment{
					CommitHash:   fromHex("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"),
					BatchVersion: 10,
				},
			},
		},
		{
			Msg: &auctioneerrpc.ClientAuctionMessage_Subscribe{
				Subscribe: &auctioneerrpc.AccountSubscription{
					TraderKey:   fromHex("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"),
					CommitNonce: fromHex("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c"),
					AuthSig:     fromHex("00ff"),
				},
			},
		},
	}
	stream, err := client.SubscribeBatchAuction(ctx)
	if err != nil {
		return err
	}
	go func() {
		for _, message := range messages {
			if stream.Send(message) != nil {
				return // Recv says why.
			}
		}
		// Ends the sending (half-close). Leave it for later to keep the conversation going.
		stream.CloseSend()
	}()
	for {
		reply, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		show(reply)
	}
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
