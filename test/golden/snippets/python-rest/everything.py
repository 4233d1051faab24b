import json
import os
import sys
from pathlib import Path

import requests

URL = "https://" + os.environ["REST_ADDRESS"] + "/v1/things"
TLS_CERT = Path("/etc/it's here/$HOME/tls.cert")
MACAROON = Path.home() / "my files/`x`.macaroon"

try:
    response = requests.request(
        "POST",
        URL,
        headers={"Grpc-Metadata-macaroon": MACAROON.read_bytes().hex()},
        json={
            "tracked_number": 0,
            "plain_number": "9007199254740993",
            "signed_number": "-9223372036854775808",
            "real_number": "-Infinity",
            "plain_flag": True,
            "tracked_flag": False,
            "plain_text": "| |plain|it's|\"double\" and 'single'|'''\"\"\"|back\\slash \\n \\u0041 \\|line\nbreak\r\nand\ttab|$(touch /tmp/never) `id` ${HOME} $HOME !! !event|a; b & c | d > e < f # g * ? [h] {i,j} ~ ~/k|%s %d %% \\x41 \\101 \\0|-e --data @file|Grüße, 日本語, 🜚 👩\u200d👩|\u2028\u2029\x85\xa0\ufeff\u200b\u202e|\x01\x1b[31m\x7f|EOF\nEND\n'EOF'|#{ruby} #\"# r#\"raw\"# {rust} {{}} `js ${1}`|</script><!-- ]]>|\x00|a\x00b|1\x002",
            "tracked_text": "",
            "plain_bytes": "+/8A",
            "colour": "COLOUR_RED",
            "inner_thing": {"inner_thing": {"inner_thing": {}}},
            "thing_list": [{}, {"plain_text": "it's"}],
            "number_list": ["0", "-1"],
            "bytes_list": ["", "AA=="],
            "colour_list": ["COLOUR_NONE", 77],
            "thing_map": {"": {}, "a'b\"": {"plain_number": "1"}, "__proto__": {}},
            "text_map": {"-7": "x"},
            "flag_map": {"true": "18446744073709551615"},
            "third_way": "COLOUR_NONE",
            "grouped_part": {"group_number": 4294967295},
            "some_time": "2026-01-02T03:04:05.006Z",
            "some_span": "-1.500s",
            "wrapped_number": "5",
            "wrapped_bytes": "AA==",
            "some_struct": {"a": [None, 1.5, {"b": "c"}]},
            "some_value": None,
            "some_mask": "plainText,colour",
            "strict_part": {"strict_name": ""},
        },
        verify=str(TLS_CERT),
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
