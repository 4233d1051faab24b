curl --fail-with-body --silent --show-error --globoff --path-as-is \
  --cacert ~/.pool/regtest/tls.cert \
  -H "Grpc-Metadata-macaroon: $(od -An -vtx1 ~/.pool/regtest/pool.macaroon | tr -d ' \n')" \
  --max-time 30 \
  https://localhost:8281/v1/pool/batch/snapshots/-_v_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw=/3
