import json
import sys
from pathlib import Path

import requests

URL = "https://localhost:8281/v1/pool/leases"
TLS_CERT = Path.home() / ".pool/regtest/tls.cert"
MACAROON = Path.home() / ".pool/regtest/pool.macaroon"

try:
    response = requests.request(
        "GET",
        URL,
        headers={"Grpc-Metadata-macaroon": MACAROON.read_bytes().hex()},
        params=[
            ("batch_ids", "-_v_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw="),
            ("batch_ids", "AAE="),
        ],
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
