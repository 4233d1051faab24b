grpcurl \
  -cacert ~/.pool/regtest/tls.cert \
  -import-path proto \
  -proto auctioneerrpc/hashmail.proto \
  -emit-defaults \
  -d @ \
  localhost:12011 poolrpc.HashMail/SendStream <<'END'
{
  "desc": {
    "stream_id": "+/v/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw="
  },
  "msg": "AP8="
}
{
  "desc": {
    "stream_id": "+/v/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw="
  }
}
{}
END
