grpcurl \
  -cacert ~/.pool/regtest/tls.cert \
  -H "macaroon: $(od -An -vtx1 ~/.pool/regtest/pool.macaroon | tr -d ' \n')" \
  -import-path proto \
  -proto poolrpc/trader.proto \
  -max-time 30 \
  -emit-defaults \
  -d '{
  "trader_key": "+/v/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw=",
  "output_with_fee": {
    "conf_target": 6
  }
}' \
  localhost:12010 poolrpc.Trader/CloseAccount
