#!/bin/sh

# Every kind of cell
#
# One of each, for tests of what runs notebooks.
#
# It talks to the sandbox at localhost:12010 and localhost:12011.
# It changes something by sandbox.v1.Control.MineBlocks, poolrpc.Trader.NodeRatings,
# poolrpc.HashMail.SendStream, sandbox.v1.Control.WatchWorld.
# Values to choose: --blocks, --box.
# It was made for the world of the scenario funded.

set -eu

# How many blocks (blocks)
typed_blocks=3
# Which mailbox
typed_box=706f6f6c2d706c617967726f756e642f64656d6f2d6d61696c626f782f3031a55f0c3e9d71b2486ad4835c19e7f02b6d8847ca30915e6fb214d97a03c8e56d21
# Whether the world begins anew with the scenario funded: what is there is lost.
from_scenario=no
while [ $# -gt 0 ]; do
  case $1 in
    --blocks=*) typed_blocks=${1#*=} ;;
    --blocks)
      typed_blocks=${2?"--blocks needs a value"}
      shift
      ;;
    --box=*) typed_box=${1#*=} ;;
    --box)
      typed_box=${2?"--box needs a value"}
      shift
      ;;
    --from-scenario) from_scenario=yes ;;
    *)
      echo "There is no option $1." >&2
      exit 2
      ;;
  esac
  shift
done

definitions='# Integers of 64 bits: numbers of jq while these are exact, else strings of digits.
def whole:
  if type != "string" then .
  else . as $digits | tonumber | if fabs <= 9007199254740991 then . else $digits end end;
def limbs:
  . as $digits | [range($digits | length; 0; -7) | $digits[([. - 7, 0] | max):.] | tonumber];
def trimmed: if length > 1 and .[-1] == 0 then .[:-1] | trimmed else . end;
def parts:
  tostring | if startswith("-") then {below: true, limbs: (.[1:] | limbs)} else {below: false, limbs: limbs} end;
def joined($below):
  trimmed | reverse | (.[0] | tostring) + (.[1:] | map(tostring | ("0000000" + .)[-7:]) | add // "")
  | (if $below and . != "0" then "-" + . else . end) | whole;
def is_less($a; $b):
  if ($a | length) != ($b | length) then ($a | length) < ($b | length) else ($a | reverse) < ($b | reverse) end;
def limb_sum($a; $b):
  reduce range([$a, $b] | map(length) | max) as $i ({over: 0, limbs: []};
    (($a[$i] // 0) + ($b[$i] // 0) + .over) as $sum
    | {over: ($sum / 10000000 | floor), limbs: (.limbs + [$sum % 10000000])})
  | .limbs + (if .over > 0 then [.over] else [] end);
def limb_difference($a; $b):
  reduce range($a | length) as $i ({under: 0, limbs: []};
    ($a[$i] - ($b[$i] // 0) - .under) as $left
    | if $left < 0 then {under: 1, limbs: (.limbs + [$left + 10000000])}
      else {under: 0, limbs: (.limbs + [$left])} end)
  | .limbs | trimmed;
def limb_product($a; $b):
  reduce range($a | length) as $i ([0];
    limb_sum(.; [range($i) | 0] + (
      reduce $b[] as $limb ({over: 0, limbs: []};
        ($limb * $a[$i] + .over) as $product
        | {over: ($product / 10000000 | floor), limbs: (.limbs + [$product % 10000000])})
      | .limbs + [.over])))
  | trimmed;
def added($a; $b):
  if $a.below == $b.below then limb_sum($a.limbs; $b.limbs) | joined($a.below)
  elif is_less($a.limbs; $b.limbs) then limb_difference($b.limbs; $a.limbs) | joined($b.below)
  else limb_difference($a.limbs; $b.limbs) | joined($a.below) end;
def small(value): value | type == "number" and fabs <= 9007199254740991;
def plus($a; $b):
  if small($a) and small($b) and small($a + $b) then $a + $b else added($a | parts; $b | parts) end;
def minus($a; $b):
  if small($a) and small($b) and small($a - $b) then $a - $b
  else added($a | parts; $b | parts | .below = (.below | not)) end;
def times($a; $b):
  if small($a) and small($b) and small($a * $b) then $a * $b
  else ($a | parts) as $x | ($b | parts) as $y
    | limb_product($x.limbs; $y.limbs) | joined($x.below != $y.below) end;
def less($a; $b):
  if small($a) and small($b) then $a < $b
  else ($a | parts) as $x | ($b | parts) as $y
    | if $x.below != $y.below then $x.below
      elif $x.below then is_less($y.limbs; $x.limbs)
      else is_less($x.limbs; $y.limbs) end end;
# By one digit after the other.
def divided($a; $b):
  ($b | tostring | ltrimstr("-")) as $divisor
  | reduce ($a | tostring | ltrimstr("-") | explode[] | . - 48) as $digit ({digits: "", rest: 0};
      .rest = plus(times(.rest; 10); $digit)
      | .times = 0
      | until(less(.rest; $divisor | whole); .rest = minus(.rest; $divisor | whole) | .times += 1)
      | .digits += (.times | tostring));
def below: tostring | startswith("-");
def over($a; $b):
  if $b == 0 then error("divided by zero")
  elif small($a) and small($b) then ($a - ($a % $b)) / $b
  else divided($a; $b).digits | ltrimstr("-") | limbs | joined(($a | below) != ($b | below)) end;
def rest($a; $b):
  if $b == 0 then error("divided by zero")
  elif small($a) and small($b) then $a % $b
  else divided($a; $b).rest | if $a | below then minus(0; .) else . end end;
def within($least; $most):
  if less(.; $least) or less($most; .) then error("\(.) does not fit into 64 bits") else . end;
def int64: within("-9223372036854775808"; "9223372036854775807");
def uint64: within(0; "18446744073709551615");
def truncated:
  if fabs <= 9007199254740991 then (if . < 0 then ceil else floor end)
  else error("\(.) is more than this script reckons with exactly") end;
def unsigned: if . < 0 then error("\(.) is below zero") else truncated end;
def are_digits: length > 0 and all(explode[]; . >= 48 and . <= 57);
def digits:
  ltrimstr("-") as $plain | startswith("-") as $below
  | if $plain | are_digits | not then error("\(tojson) is no whole number")
    else $plain | limbs | joined($below) end;
def decimal_number: try tonumber catch error("it is no number");
def real:
  if . == "NaN" then nan elif . == "Infinity" then infinite elif . == "-Infinity" then -infinite else . end;
# A float as short as it can be written.
def decimal:
  tostring | if contains("e") | not then .
  else (startswith("-")) as $below | ltrimstr("-") | split("e") as [$mantissa, $exponent]
    | ($exponent | ltrimstr("+") | tonumber) as $exponent | ($mantissa | split(".") | join("")) as $digits
    | (if $exponent >= 21 or $exponent < -6 then $mantissa + "e" + (if $exponent < 0 then "" else "+" end) + ($exponent | tostring)
      elif $exponent < 0 then "0." + ([range(-$exponent - 1) | "0"] | add // "") + $digits
      else $digits + ([range($exponent + 1 - ($digits | length)) | "0"] | add // "") end)
    | if $below then "-" + . else . end end;
def enum($numbers): if type == "string" then $numbers[.] else . end;
def at($list; $index):
  if $index < 0 or $index >= ($list | length) then error("the list has no element \($index)") else $list[$index] end;
def entry($map; $key):
  if $map | has($key | tostring) | not then error("the map has no entry \($key)") else $map[$key | tostring] end;
def substring($text; $from; $to):
  ($to // ($text | length)) as $to
  | if any($text | explode[]; . > 65535) then error("a part of a text with such signs is not cut here")
    elif $from < 0 or $from > $to or $to > ($text | length) then error("the text has no such part")
    else $text[$from:$to] end;
# Bytes, which are held as base64.
def byte_length: rtrimstr("=") | rtrimstr("=") | length * 6 / 8 | floor;
def sextets:
  [explode[] | select(. != 61)
    | if . >= 97 then . - 71 elif . >= 65 then . - 65 elif . >= 48 then . + 4 elif . == 43 then 62 else 63 end];
def hex:
  byte_length as $bytes | sextets as $all | "0123456789abcdef" as $signs
  | [range(0; $all | length; 2) | ($all[.] * 64 + ($all[. + 1] // 0))
    | (. / 256 | floor), ((. / 16 | floor) % 16), (. % 16) | $signs[.:. + 1]]
  | (add // "")[:2 * $bytes];
def nibbles:
  [explode[] | if . >= 48 and . <= 57 then . - 48 elif . >= 97 and . <= 102 then . - 87
    elif . >= 65 and . <= 70 then . - 55 else error("it is not hex") end];
def unhex:
  if length % 2 != 0 then error("it is not hex") else . end
  | (length * 4 / 6 | ceil) as $length | nibbles as $all
  | "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" as $signs
  | [range(0; $all | length; 3) | ($all[.] * 256 + ($all[. + 1] // 0) * 16 + ($all[. + 2] // 0))
    | (. / 64 | floor), (. % 64) | $signs[.:. + 1]]
  | (add // "")[:$length] | . + (["", "", "==", "="][length % 4]);
def decoded: . as $bytes | @base64d | if @base64 == $bytes then . else error("the bytes are no text") end;
def table($headings):
  ([$headings] + .) as $lines | ($lines | transpose | map(map(length) | max)) as $widths
  | $lines[] | [range(length) as $i | .[$i] + ([range($widths[$i] - (.[$i] | length)) | " "] | add // "")]
  | join("  ");
'

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
values="$folder/values.json"
echo '{}' >"$values"

# Ends the script with a failure.
stop() {
  echo "$1" >&2
  exit 1
}

# What a filter gives, over what the cells before gave.
work() {
  jq -c "$definitions $1" "$values"
}

# Keeps the reply, or what is in another file, under a name.
keep() {
  jq -c --arg name "$1" --slurpfile value "${2-$folder/reply}" '.[$name] = $value[0]' "$values" >"$values.new"
  mv "$values.new" "$values"
}

compute() {
  work "$2" >"$folder/value" || stop "$1 has no value."
  keep "$1" "$folder/value"
}

show() {
  [ -z "$1" ] || printf '%s ' "$1"
  jq -r "$definitions $2" "$values" || stop "It can't be shown."
}

check() {
  held=$(work "$2") || stop "It can't be worked out whether this is so: $1"
  [ "$held" = true ] || stop "Not so: $1"
  echo "Held: $1"
}

# A value that somebody gave.
take() {
  jq -n -c --arg typed "$2" "$definitions \$typed | $3" >"$folder/value" 2>/dev/null || stop "$4"
  keep "$1" "$folder/value"
}

# What the next call sends.
request() {
  work "$1" >"$folder/request" || stop "The request can't be written."
}

# The reply of a call.
call() {
  ("$@") <"$folder/request" >"$folder/reply" 2>"$folder/error" || stop "$(cat "$folder/error")"
}

# How a call fails that is to fail with a code.
refused() {
  code=$1 name=$2
  shift 2
  status=0
  ("$@") <"$folder/request" >"$folder/reply" 2>"$folder/error" || status=$?
  [ "$status" -ne 0 ] || stop "It was to fail with $name, and it did not fail."
  jq -c --arg name "$name" '{code, name: $name, message: (.message // "")}' "$folder/error" >"$folder/reply" 2>/dev/null &&
    [ "$(jq .code "$folder/reply")" = "$code" ] ||
    stop "It was to fail with $name, and gave $(cat "$folder/error")"
}

# So many messages of a stream, as a list. The sending ends before that, or stays open.
collect() {
  most=$1 sending=$2
  shift 2
  rm -f "$folder/sent" "$folder/replies"
  mkfifo "$folder/sent" "$folder/replies"
  ("$@") <"$folder/sent" >"$folder/replies" 2>"$folder/error" &
  asking=$!
  exec 3>"$folder/sent"
  cat "$folder/request" >&3
  [ "$sending" = open ] || exec 3>&-
  jq -c -n "[limit($most; inputs)]" <"$folder/replies" >"$folder/reply" || stop "$(cat "$folder/error")"
  exec 3>&-
  [ "$(jq length "$folder/reply")" -ne "$most" ] || kill "$asking" 2>/dev/null || true
  status=0
  wait "$asking" || status=$?
  [ "$status" -eq 0 ] || [ "$(jq length "$folder/reply")" -eq "$most" ] || stop "$(cat "$folder/error")"
}

# Asks until a condition holds over the reply, which is kept.
wait_until() {
  name=$1 holds=$2 patience=$3 every=$4
  shift 4
  give_up=$(($(date +%s) + patience))
  while :; do
    call "$@"
    keep "$name"
    held=$(work "$holds") || stop "It can't be worked out what is waited for."
    [ "$held" != true ] || return 0
    [ "$(date +%s)" -lt "$give_up" ] || stop "It did not become true within $patience s."
    sleep "$every"
  done
}

CONTROL_ADDRESS=localhost:12010
CONTROL_TLS_CERT=~/.pool/regtest/tls.cert
export CONTROL_MACAROON="$(od -An -vtx1 ~/.pool/regtest/pool.macaroon | tr -d ' \n')"
ask_control() {
  exec grpcurl -cacert "$CONTROL_TLS_CERT" \
    -expand-headers -H 'macaroon: ${CONTROL_MACAROON}' \
    -import-path proto -proto "$1" -max-time "$3" -emit-defaults -format-error \
    -d @ "$CONTROL_ADDRESS" "$2"
}

HASH_MAIL_ADDRESS=localhost:12011
HASH_MAIL_TLS_CERT=~/.pool/regtest/tls.cert
ask_hash_mail() {
  exec grpcurl -cacert "$HASH_MAIL_TLS_CERT" \
    -import-path proto -proto "$1" -max-time "$3" -emit-defaults -format-error \
    -d @ "$HASH_MAIL_ADDRESS" "$2"
}

if [ "$from_scenario" = yes ]; then
  request '{
  "name": "funded",
  "seed": "3"
}'
  call ask_control sandbox/v1/control.proto sandbox.v1.Control/LoadScenario 30
fi

# What this one calls is GetInfo, *streams* in `both` directions, and a place here:
#
# 1. one
# 2. two

take blocks "$typed_blocks" 'digits | within(1; 10)' 'How many blocks: write a whole number from 1 to 10'

echo sandbox.v1.Control.MineBlocks
request '. as {$blocks} | {num_blocks: $blocks}'
call ask_control sandbox/v1/control.proto sandbox.v1.Control/MineBlocks 30
keep mined

compute sum '. as {$blocks, $mined} | ($mined.blockHeight + $blocks)'
show sum: '. as {$sum} | ($sum | tostring)'

echo poolrpc.Trader.ListAccounts
request '{}'
wait_until listed '. as {$listed} | (($listed.accounts | length) > 1)' 5 0.05 ask_control poolrpc/trader.proto poolrpc.Trader/ListAccounts 30

check 'Some account holds something' \
  '. as {$listed} | any($listed.accounts[]; . as $a | less(0; ($a.value | whole)))'

show "" '. as {$listed} | [$listed.accounts[] | . as $row | [($row.traderKey | hex), (($row.value | whole) | tostring)]] | table(["Key", "Value"])'

echo Values
show "" '. as {$listed} | [$listed.accounts[] | . as $row | [($row.expirationHeight | tostring), (($row.value | whole) | tostring)]] | table(["block height", "sat"])'

echo poolrpc.Trader.NodeRatings
request '{}'
refused 2 UNKNOWN ask_control poolrpc/trader.proto poolrpc.Trader/NodeRatings 30
keep refused

take box "$typed_box" unhex 'Which mailbox: write bytes as hex, two digits from 0 to f for each'

echo poolrpc.HashMail.SendStream
request '. as {$box} | {desc: {stream_id: $box}, msg: "b25l"},
{desc: {stream_id: $box}, msg: "dHdv"}'
call ask_hash_mail auctioneerrpc/hashmail.proto poolrpc.HashMail/SendStream 30
keep sent

echo sandbox.v1.Control.WatchWorld
request '{}'
collect 1 ended ask_control sandbox/v1/control.proto sandbox.v1.Control/WatchWorld 30
keep world

echo poolrpc.Trader.GetLsatTokens
request '{}'
call ask_control poolrpc/trader.proto poolrpc.Trader/GetLsatTokens 30
keep tokens

compute opens '. as {$tokens} | (at($tokens.tokens; 0).baseMacaroon | hex)'
