grpcurl \
  -cacert ~/.pool/regtest/tls.cert \
  -import-path proto \
  -proto auctioneerrpc/auctioneer.proto \
  -emit-defaults \
  -d @ \
  localhost:12011 poolrpc.ChannelAuctioneer/SubscribeBatchAuction <<'END'
{
  "commit": {
    "commit_hash": "+/v/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw=",
    "batch_version": 10
  }
}
END
