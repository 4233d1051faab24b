package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/fieldmaskpb"
	"google.golang.org/protobuf/types/known/structpb"
	"google.golang.org/protobuf/types/known/timestamppb"
	"google.golang.org/protobuf/types/known/wrapperspb"
	everythingpb "snippet/gen/everything"
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
	creds, err := credentials.NewClientTLSFromFile("/etc/it's here/$HOME/tls.cert", "")
	if err != nil {
		return err
	}
	conn, err := grpc.NewClient("[::1]:9000", grpc.WithTransportCredentials(creds))
	if err != nil {
		return err
	}
	defer conn.Close()
	client := everythingpb.NewEverythingClient(conn)

	ctx := context.Background()
	macaroon, err := os.ReadFile(filepath.Join(home, "my files/`x`.macaroon"))
	if err != nil {
		return err
	}
	ctx = metadata.AppendToOutgoingContext(ctx, "macaroon", hex.EncodeToString(macaroon))

	request := &everythingpb.Thing{
		TrackedNumber: proto.Int32(0),
		PlainNumber:   9007199254740993,
		SignedNumber:  -9223372036854775808,
		RealNumber:    math.Inf(-1),
		PlainFlag:     true,
		TrackedFlag:   proto.Bool(false),
		PlainText:     "| |plain|it's|\"double\" and 'single'|'''\"\"\"|back\\slash \\n \\u0041 \\|line\nbreak\r\nand\ttab|$(touch /tmp/never) `id` ${HOME} $HOME !! !event|a; b & c | d > e < f # g * ? [h] {i,j} ~ ~/k|%s %d %% \\x41 \\101 \\0|-e --data @file|Grüße, 日本語, 🜚 👩\u200d👩|\u2028\u2029\u0085\u00a0\ufeff\u200b\u202e|\u0001\u001b[31m\u007f|EOF\nEND\n'EOF'|#{ruby} #\"# r#\"raw\"# {rust} {{}} `js ${1}`|</script><!-- ]]>|\u0000|a\u0000b|1\u00002",
		TrackedText:   proto.String(""),
		PlainBytes:    fromHex("fbff00"),
		Colour:        everythingpb.Colour_COLOUR_RED,
		InnerThing: &everythingpb.Thing{
			InnerThing: &everythingpb.Thing{InnerThing: &everythingpb.Thing{}},
		},
		ThingList:     []*everythingpb.Thing{{}, {PlainText: "it's"}},
		NumberList:    []int64{0, -1},
		BytesList:     [][]byte{[]byte{}, fromHex("00")},
		ColourList:    []everythingpb.Colour{everythingpb.Colour_COLOUR_NONE, everythingpb.Colour(77)},
		ThingMap:      map[string]*everythingpb.Thing{"": {}, "a'b\"": {PlainNumber: 1}, "__proto__": {}},
		TextMap:       map[int32]string{-7: "x"},
		FlagMap:       map[bool]uint64{true: 18446744073709551615},
		EitherWay:     &everythingpb.Thing_ThirdWay{ThirdWay: everythingpb.Colour_COLOUR_NONE},
		GroupedPart:   &everythingpb.Thing_Group{GroupNumber: 4294967295},
		SomeTime:      &timestamppb.Timestamp{Seconds: 1767323045, Nanos: 6000000},
		SomeSpan:      &durationpb.Duration{Seconds: -1, Nanos: -500000000},
		WrappedNumber: &wrapperspb.UInt64Value{Value: 5},
		WrappedBytes:  &wrapperspb.BytesValue{Value: fromHex("00")},
		SomeStruct: &structpb.Struct{
			Fields: map[string]*structpb.Value{
				"a": {
					Kind: &structpb.Value_ListValue{
						ListValue: &structpb.ListValue{
							Values: []*structpb.Value{
								{
									Kind: &structpb.Value_NullValue{NullValue: structpb.NullValue_NULL_VALUE},
								},
								{Kind: &structpb.Value_NumberValue{NumberValue: 1.5}},
								{
									Kind: &structpb.Value_StructValue{
										StructValue: &structpb.Struct{
											Fields: map[string]*structpb.Value{"b": {Kind: &structpb.Value_StringValue{StringValue: "c"}}},
										},
									},
								},
							},
						},
					},
				},
			},
		},
		SomeValue: &structpb.Value{
			Kind: &structpb.Value_NullValue{NullValue: structpb.NullValue_NULL_VALUE},
		},
		SomeMask:   &fieldmaskpb.FieldMask{Paths: []string{"plain_text", "colour"}},
		StrictPart: &everythingpb.Strict{StrictName: proto.String("")},
	}
	reply, err := client.Take(ctx, request)
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
