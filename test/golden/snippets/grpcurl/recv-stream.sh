grpcurl \
  -cacert ~/.pool/regtest/tls.cert \
  -import-path proto \
  -proto auctioneerrpc/hashmail.proto \
  -emit-defaults \
  -d '{
  "stream_id": "+/v/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw="
}' \
  localhost:12011 poolrpc.HashMail/RecvStream
