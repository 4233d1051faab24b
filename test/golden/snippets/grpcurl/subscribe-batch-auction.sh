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
{
  "subscribe": {
    "trader_key": "+/v/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw=",
    "commit_nonce": "+/v/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw=",
    "auth_sig": "AP8="
  }
}
END
