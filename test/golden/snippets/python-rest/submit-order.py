import json
import sys
from pathlib import Path

import requests

URL = "https://localhost:8281/v1/pool/orders"
TLS_CERT = Path.home() / ".pool/regtest/tls.cert"
MACAROON = Path.home() / ".pool/regtest/pool.macaroon"

try:
    response = requests.request(
        "POST",
        URL,
        headers={"Grpc-Metadata-macaroon": MACAROON.read_bytes().hex()},
        json={
            "bid": {
                "details": {
                    "trader_key": "+/v/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw=",
                    "rate_fixed": 4960,
                    "amt": "18446744073709551615",
                    "max_batch_fee_rate_sat_per_kw": "12500",
                    "min_units_match": 1,
                    "channel_type": "ORDER_CHANNEL_TYPE_PEER_DEPENDENT",
                    "allowed_node_ids": ["AAE=", "+/8="],
                },
                "lease_duration_blocks": 2016,
                "version": 7,
            },
            "initiator": "| |plain|it's|\"double\" and 'single'|'''\"\"\"|back\\slash \\n \\u0041 \\|line\nbreak\r\nand\ttab|$(touch /tmp/never) `id` ${HOME} $HOME !! !event|a; b & c | d > e < f # g * ? [h] {i,j} ~ ~/k|%s %d %% \\x41 \\101 \\0|-e --data @file|Grüße, 日本語, 🜚 👩\u200d👩|\u2028\u2029\x85\xa0\ufeff\u200b\u202e|\x01\x1b[31m\x7f|EOF\nEND\n'EOF'|#{ruby} #\"# r#\"raw\"# {rust} {{}} `js ${1}`|</script><!-- ]]>|\x00|a\x00b|1\x002",
        },
        verify=str(TLS_CERT),
        timeout=30,
    )
except requests.RequestException as error:
    sys.exit(str(error))
if not response.ok:
    try:
        error = response.json()
    except ValueError:
        sys.exit(f"HTTP {response.status_code}: {response.text}")
    sys.exit(f"code {error.get('code')}: {error.get('message')}")
print(json.dumps(response.json(), indent=2, ensure_ascii=False))
