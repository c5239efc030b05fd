#!/usr/bin/env bash
# Stand-ins for the public base images, built from Debian packages, for machines without an image
# registry. For tests only: users pull the real images. An image that is there already is kept.
set -euo pipefail

SUITE=bookworm
MIRROR=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(SITE)' | grep -v security | head -1)}
PYTHON_IMAGE=python:3.11-slim-bookworm
BROKER_IMAGE=valkey/valkey:8-bookworm

have() { docker image inspect "$1" >/dev/null 2>&1; }

rootfs() { # rootfs FOLDER PACKAGES: a minimal Debian with these packages
  debootstrap --variant=minbase --include="$2" "$SUITE" "$1" "$MIRROR" >"$1.log" 2>&1 || { tail -20 "$1.log"; exit 1; }
  rm -rf "$1"/var/cache/apt/archives/*.deb "$1"/var/lib/apt/lists/*
}

import() { # import FOLDER IMAGE: the folder as an image
  tar -C "$1" --numeric-owner -c . | docker import --change 'CMD ["/bin/sh"]' - "$2" >/dev/null
  echo "stand-in for $2 made"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! have "$PYTHON_IMAGE"; then
  rootfs "$work/python" python3,python3-venv,ca-certificates
  # A private certificate authority of this machine, where it has one, so that pip can verify.
  cp /etc/ssl/certs/ca-certificates.crt "$work/python/etc/ssl/certs/ca-certificates.crt"
  if [ -f /etc/pip.conf ]; then cp /etc/pip.conf "$work/python/etc/pip.conf"; fi
  import "$work/python" "$PYTHON_IMAGE"
fi
if ! have "$BROKER_IMAGE"; then
  rootfs "$work/broker" redis-server
  ln -s redis-server "$work/broker/usr/bin/valkey-server"
  ln -s redis-cli "$work/broker/usr/bin/valkey-cli"
  import "$work/broker" "$BROKER_IMAGE"
fi
