#!/usr/bin/env bash
# Builds the image of the Dockerfile where there is no container engine and no registry of images. buildah runs each step
# in a chroot; both base images are made of Debian's packages. For root on Debian 12 or newer:
#   apt-get install buildah mmdebstrap && docs/build-image.sh [NAME]
# The base images are kept for the next build; `buildah rmi --all` removes everything.
set -euo pipefail
cd "$(dirname "$0")/.."

name=${1:-localhost/hkus-kb}
python=localhost/hkus-base-python
node=localhost/hkus-base-node
path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=${STORAGE_DRIVER:-vfs} DEBIAN_FRONTEND=noninteractive

# The certificates that this machine trusts, so that a mirror of its own is trusted in the build, too.
certificates=/etc/ssl/certs:/etc/ssl/certs:ro

for program in buildah mmdebstrap; do
  command -v "$program" > /dev/null || {
    echo "$program is missing: apt-get install buildah mmdebstrap" >&2
    exit 1
  }
done

made() { buildah inspect --type image "$1" > /dev/null 2>&1; }

finish() { # finish CONTAINER NAME: keeps a container as an image
  buildah commit --quiet --rm "$1" "$2" > /dev/null
  echo "Made $2."
}

made "$python" || {
  root=$(mktemp -d)
  trap 'rm -rf "$root"' EXIT
  mmdebstrap --quiet --variant=minbase --include=ca-certificates,python3,python3-venv trixie "$root/root.tar"
  container=$(buildah from scratch)
  buildah add --quiet "$container" "$root/root.tar" / > /dev/null
  buildah config --env "PATH=$path" "$container"
  # Debian's Python has neither `python` nor `pip`; an environment in /usr/local has both.
  buildah run "$container" -- python3 -m venv /usr/local
  finish "$container" "$python"
}

made "$node" || {
  container=$(buildah from "$python")
  buildah run --env DEBIAN_FRONTEND=noninteractive "$container" -- sh -c \
    'apt-get update -qq && apt-get install -qq --no-install-recommends nodejs npm > /dev/null'
  finish "$container" "$node"
}

# Docker's format, because the format of OCI has no health check.
buildah build --quiet --format docker --volume "$certificates" \
  --build-arg "PYTHON_IMAGE=$python" --build-arg "NODE_IMAGE=$node" --tag "$name" .
echo "Made $name."
