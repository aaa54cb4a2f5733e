"""Build the container image with `docs/build-image.sh` and try it: `python -m tests.e2e.image`."""
