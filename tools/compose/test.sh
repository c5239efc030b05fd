#!/usr/bin/env bash
# Proves Dockerfile and docker-compose.yml: build, start, post, read, kill and restart containers, read
# again, scale the extract workers, take everything down. Ends with 0 only if every step held.
set -euo pipefail
cd "$(dirname "$0")/../.."

PROJECT=wirefold-test-$$
COMPOSE=${COMPOSE:-$(docker compose version >/dev/null 2>&1 && echo "docker compose" || echo docker-compose)}
compose() { $COMPOSE -p "$PROJECT" "$@"; }
say() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*"; }
cleanup() {
  status=$?
  if [ "$status" -ne 0 ]; then compose ps; compose logs --tail 8 2>&1 | cut -c1-300; fi
  compose down -v --remove-orphans >/dev/null 2>&1 || true
  exit "$status"
}
trap cleanup EXIT

tools/compose/standins.sh
say "building the image"
docker build -q --network host -t wirefold:local . >/dev/null
say "image of $(docker image inspect -f '{{.Size}}' wirefold:local | awk '{printf "%.0f MB", $1/1e6}')"

await() { # await URL: until it answers 200
  for _ in $(seq 1 300); do
    if curl -fsS -m 3 "$1" >/dev/null 2>&1; then return 0; fi
    sleep 0.2
  done
  echo "$1 did not answer"; return 1
}
extracted() { # the number of articles that went through the whole pipeline
  curl -fsS http://127.0.0.1:8081/v1/stats | python3 -c 'import json,sys; print(json.load(sys.stdin)["articles_extracted"])'
}
await_extracted() { # await_extracted COUNT
  for _ in $(seq 1 600); do
    if [ "$(extracted)" = "$1" ]; then return 0; fi
    sleep 0.2
  done
  echo "$(extracted) articles went through, not $1"; return 1
}
largest() { # the headline of the incident with most reports
  curl -fsS "http://127.0.0.1:8081/v1/incidents?sort=-articles&limit=1" |
    python3 -c 'import json,sys; print(json.load(sys.stdin)["items"][0]["headline"])'
}
post() { curl -fsS -o /dev/null http://127.0.0.1:8080/v1/articles -H 'content-type: application/x-ndjson' --data-binary "@$1"; }

say "starting"
compose up -d --no-build
await http://127.0.0.1:8080/readyz
await http://127.0.0.1:8081/readyz

say "posting"
head -3 samples/articles.jsonl >"/tmp/$PROJECT.1"
tail -n +4 samples/articles.jsonl >"/tmp/$PROJECT.2"
post "/tmp/$PROJECT.1"
await_extracted 3
before=$(largest)
say "$before"

for service in store query extract ingest broker; do
  say "killing $service"
  compose kill -s SIGKILL "$service" >/dev/null 2>&1
  compose up -d --no-build >/dev/null 2>&1
done
await http://127.0.0.1:8080/readyz
await http://127.0.0.1:8081/readyz
await_extracted 3
test "$(largest)" = "$before"
say "after every kill the record is still there"

say "two extract workers"
compose up -d --no-build --scale extract=2 >/dev/null 2>&1
post "/tmp/$PROJECT.2"
await_extracted 8
say "$(largest)"
test "$(compose ps -q extract | wc -l)" = 2
rm -f "/tmp/$PROJECT.1" "/tmp/$PROJECT.2"

say "checks inside: not root, read-only root"
test "$(compose exec -T query id -u)" = 10001
if compose exec -T query sh -c 'touch /opt/x' 2>/dev/null; then echo "the root is writable"; exit 1; fi
say "compose test passed"
