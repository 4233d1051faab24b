/**
 * What jq lacks for values of CEL. An integer is a number while that is exact, else a string of its digits; bytes are base64.
 * It holds no single quote: a shell has it between two.
 */
export const JQ_DEFINITIONS = String.raw`
# Integers of 64 bits: numbers of jq while these are exact, else strings of digits.
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
`.trim();
