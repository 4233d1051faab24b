curl --fail-with-body --silent --show-error --globoff --path-as-is \
  --cacert ~/.pool/regtest/tls.cert \
  -H "Grpc-Metadata-macaroon: $(od -An -vtx1 ~/.pool/regtest/pool.macaroon | tr -d ' \n')" \
  --max-time 30 \
  -X POST \
  -H 'Content-Type: application/json' \
  --data-binary '{
  "bid": {
    "details": {
      "trader_key": "+/v/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw=",
      "rate_fixed": 4960,
      "amt": "18446744073709551615",
      "max_batch_fee_rate_sat_per_kw": "12500",
      "min_units_match": 1,
      "channel_type": "ORDER_CHANNEL_TYPE_PEER_DEPENDENT",
      "allowed_node_ids": [
        "AAE=",
        "+/8="
      ]
    },
    "lease_duration_blocks": 2016,
    "version": 7
  },
  "initiator": "| |plain|it'\''s|\"double\" and '\''single'\''|'\'''\'''\''\"\"\"|back\\slash \\n \\u0041 \\|line\nbreak\r\nand\ttab|$(touch /tmp/never) `id` ${HOME} $HOME !! !event|a; b & c | d > e < f # g * ? [h] {i,j} ~ ~/k|%s %d %% \\x41 \\101 \\0|-e --data @file|Grüße, 日本語, 🜚 👩\u200d👩|\u2028\u2029\u0085\u00a0\ufeff\u200b\u202e|\u0001\u001b[31m\u007f|EOF\nEND\n'\''EOF'\''|#{ruby} #\"# r#\"raw\"# {rust} {{}} `js ${1}`|</script><!-- ]]>|\u0000|a\u0000b|1\u00002"
}' \
  https://localhost:8281/v1/pool/orders
