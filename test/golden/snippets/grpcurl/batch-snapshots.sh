grpcurl \
  -cacert ~/.pool/regtest/tls.cert \
  -H "macaroon: $(od -An -vtx1 ~/.pool/regtest/pool.macaroon | tr -d ' \n')" \
  -import-path proto \
  -proto poolrpc/trader.proto \
  -max-time 30 \
  -emit-defaults \
  -d '{
  "start_batch_id": "+/v/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw=",
  "num_batches_back": 3
}' \
  localhost:12010 poolrpc.Trader/BatchSnapshots
