/** What a script of a shell needs to run cells. Values are kept in one file, an object by name. */
export const SHELL_FUNCTIONS = String.raw`
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
  jq -c --arg name "$1" --slurpfile value "${"$"}{2-$folder/reply}" '.[$name] = $value[0]' "$values" >"$values.new"
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
`.trim();
