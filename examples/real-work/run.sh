#!/bin/sh
# Runs the example from beginning to end: run.sh [FOLDER], which is not there yet (default: a new one for temporary files).
# Starts a suite and four agents of its own, and stops them.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
makespan="$here/../../makespan"
folder=${1:-$(mktemp -d)/real-work}
mkdir -p "$folder"
export MAKESPAN_HOME="$folder/suite"
"$here/setup.sh" "$folder/shop" > /dev/null

"$makespan" up > "$folder/up.log" 2>&1 &
up=$!
agents=
stop() {
  for agent in $agents; do kill "$agent" 2> /dev/null || true; done
  kill "$up" 2> /dev/null || true
  wait
}
trap stop EXIT INT TERM
until grep -q '^the suite is up' "$folder/up.log"; do
  kill -0 "$up" 2> /dev/null || { cat "$folder/up.log" >&2; exit 3; }
  sleep 0.2
done
for number in 1 2 3 4; do
  "$makespan" agent --role dev --runner shell --id "dev-$number" --work-dir "$folder/work" > "$folder/dev-$number.log" 2>&1 &
  agents="$agents $!"
done
code=0
"$makespan" run "$here/plan.yaml" --param "repository=$folder/shop" --accept-warnings || code=$?
"$makespan" merges 1 || true
echo
git -C "$folder/shop" log --oneline --graph makespan/1/integration | head -40 || true
echo "the repository is $folder/shop, what has landed on branch makespan/1/integration"
exit "$code"
