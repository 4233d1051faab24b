import type { ApiConfig, PlaygroundConfig } from "./lib/reference/api-config.ts";

const pool: ApiConfig = {
  id: "pool",
  path: "",
  title: "Lightning Pool",
  protoRoot: "proto",
  files: ["poolrpc/trader.proto", "auctioneerrpc/auctioneer.proto", "auctioneerrpc/hashmail.proto"],
  serviceConfig: "proto/poolrpc/trader.yaml",
  permissions: "proto/poolrpc/permissions.yaml",
  safety: "proto/poolrpc/safety.yaml",
  upstream: "proto/UPSTREAM.json",
  upstreamLink: "{repository}/blob/{commit}/{path}#L{line}",
  // The first line of a method's comment: "pool: `accounts new`".
  cli: { program: "pool", commands: "proto/poolrpc/cli.yaml" },
  goModules: [
    {
      module: "github.com/lightninglabs/pool/poolrpc",
      version: "v1.0.1",
      // Its own way to print bytes is in this fork alone.
      replaces: [
        {
          module: "google.golang.org/protobuf",
          by: "github.com/lightninglabs/protobuf-go-hex-display@v1.34.2-hex-display",
        },
      ],
    },
    { module: "github.com/lightninglabs/pool/auctioneerrpc", version: "v1.1.2" },
    // The newest that goes with the fork.
    { module: "google.golang.org/grpc", version: "v1.65.0" },
  ],
  errors: "proto/poolrpc/errors.yaml",
  replies: "content/replies/pool.json",
  macaroonGuide: "/guides/macaroons",
  live: { method: "poolrpc.Trader.GetInfo", height: "current_block_height", version: "version" },
  hosts: { own: "poold", others: [{ name: "litd", probe: "litrpc.Status/SubServerStatus" }] },
  daemon: {
    program: "poold",
    port: 12010,
    restPort: 8281,
    files: { folder: "~/.pool", tlsCert: "tls.cert", macaroon: "pool.macaroon" },
  },
  services: {
    daemon: ["poolrpc.Trader"],
    auctioneer: ["poolrpc.ChannelAuctioneer", "poolrpc.HashMail"],
  },
  groups: [
    {
      title: "Trader · Accounts",
      methods: [
        "poolrpc.Trader.QuoteAccount",
        "poolrpc.Trader.InitAccount",
        "poolrpc.Trader.ListAccounts",
        "poolrpc.Trader.DepositAccount",
        "poolrpc.Trader.WithdrawAccount",
        "poolrpc.Trader.RenewAccount",
        "poolrpc.Trader.BumpAccountFee",
        "poolrpc.Trader.CloseAccount",
        "poolrpc.Trader.RecoverAccounts",
        "poolrpc.Trader.AccountModificationFees",
      ],
    },
    {
      title: "Trader · Orders",
      methods: [
        "poolrpc.Trader.QuoteOrder",
        "poolrpc.Trader.SubmitOrder",
        "poolrpc.Trader.ListOrders",
        "poolrpc.Trader.CancelOrder",
      ],
    },
    {
      title: "Trader · Auction",
      methods: [
        "poolrpc.Trader.AuctionFee",
        "poolrpc.Trader.LeaseDurations",
        "poolrpc.Trader.NextBatchInfo",
        "poolrpc.Trader.BatchSnapshot",
        "poolrpc.Trader.BatchSnapshots",
        "poolrpc.Trader.Leases",
        "poolrpc.Trader.NodeRatings",
      ],
    },
    {
      title: "Trader · Sidecar channels",
      methods: [
        "poolrpc.Trader.OfferSidecar",
        "poolrpc.Trader.RegisterSidecar",
        "poolrpc.Trader.ExpectSidecarChannel",
        "poolrpc.Trader.DecodeSidecarTicket",
        "poolrpc.Trader.ListSidecars",
        "poolrpc.Trader.CancelSidecar",
      ],
    },
    {
      title: "Trader · Daemon",
      methods: ["poolrpc.Trader.GetInfo", "poolrpc.Trader.GetLsatTokens", "poolrpc.Trader.StopDaemon"],
    },
  ],
};

/** What moves the sandbox's own world: blocks, batches, time, scenarios. A real daemon has none of it. */
const sandbox: ApiConfig = {
  id: "sandbox",
  title: "Sandbox control",
  protoRoot: "proto",
  files: ["sandbox/v1/control.proto"],
  permissions: "proto/sandbox/v1/permissions.yaml",
  groups: [
    {
      title: "Control · World",
      methods: [
        "sandbox.v1.Control.GetWorld",
        "sandbox.v1.Control.WatchWorld",
        "sandbox.v1.Control.ListScenarios",
        "sandbox.v1.Control.LoadScenario",
        "sandbox.v1.Control.CreateWorld",
        "sandbox.v1.Control.ExportWorld",
        "sandbox.v1.Control.ImportWorld",
      ],
    },
    {
      title: "Control · Chain and market",
      methods: [
        "sandbox.v1.Control.MineBlocks",
        "sandbox.v1.Control.ClearBatch",
        "sandbox.v1.Control.AdvanceClock",
        "sandbox.v1.Control.SetFeeRates",
        "sandbox.v1.Control.SetAuctioneer",
      ],
    },
  ],
};

/** The APIs that this site documents and calls. Another gRPC API is another entry: see "Your own API" in README.md. */
export default {
  apis: [pool, sandbox],
  sandbox: {
    daemon: ["poolrpc.Trader", "sandbox.v1.Control"],
    auctioneer: ["poolrpc.ChannelAuctioneer", "poolrpc.HashMail"],
    scenario: { method: "sandbox.v1.Control.LoadScenario", name: "name", seed: "seed" },
  },
} satisfies PlaygroundConfig;
