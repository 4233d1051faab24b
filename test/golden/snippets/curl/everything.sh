curl --fail-with-body --silent --show-error --globoff --path-as-is \
  --cacert '/etc/it'\''s here/$HOME/tls.cert' \
  -H "Grpc-Metadata-macaroon: $(od -An -vtx1 ~/'my files/`x`.macaroon' | tr -d ' \n')" \
  -X POST \
  -H 'Content-Type: application/json' \
  --data-binary '{
  "tracked_number": 0,
  "plain_number": "9007199254740993",
  "signed_number": "-9223372036854775808",
  "real_number": "-Infinity",
  "plain_flag": true,
  "tracked_flag": false,
  "plain_text": "| |plain|it'\''s|\"double\" and '\''single'\''|'\'''\'''\''\"\"\"|back\\slash \\n \\u0041 \\|line\nbreak\r\nand\ttab|$(touch /tmp/never) `id` ${HOME} $HOME !! !event|a; b & c | d > e < f # g * ? [h] {i,j} ~ ~/k|%s %d %% \\x41 \\101 \\0|-e --data @file|Grüße, 日本語, 🜚 👩\u200d👩|\u2028\u2029\u0085\u00a0\ufeff\u200b\u202e|\u0001\u001b[31m\u007f|EOF\nEND\n'\''EOF'\''|#{ruby} #\"# r#\"raw\"# {rust} {{}} `js ${1}`|</script><!-- ]]>|\u0000|a\u0000b|1\u00002",
  "tracked_text": "",
  "plain_bytes": "+/8A",
  "colour": "COLOUR_RED",
  "inner_thing": {
    "inner_thing": {
      "inner_thing": {}
    }
  },
  "thing_list": [
    {},
    {
      "plain_text": "it'\''s"
    }
  ],
  "number_list": [
    "0",
    "-1"
  ],
  "bytes_list": [
    "",
    "AA=="
  ],
  "colour_list": [
    "COLOUR_NONE",
    77
  ],
  "thing_map": {
    "": {},
    "a'\''b\"": {
      "plain_number": "1"
    },
    "__proto__": {}
  },
  "text_map": {
    "-7": "x"
  },
  "flag_map": {
    "true": "18446744073709551615"
  },
  "third_way": "COLOUR_NONE",
  "grouped_part": {
    "group_number": 4294967295
  },
  "some_time": "2026-01-02T03:04:05.006Z",
  "some_span": "-1.500s",
  "wrapped_number": "5",
  "wrapped_bytes": "AA==",
  "some_struct": {
    "a": [
      null,
      1.5,
      {
        "b": "c"
      }
    ]
  },
  "some_value": null,
  "some_mask": "plainText,colour",
  "strict_part": {
    "strict_name": ""
  }
}' \
  "https://$REST_ADDRESS"/v1/things
