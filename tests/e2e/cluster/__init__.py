"""A cluster on one machine: what docs/deploy.md says of several: `python -m tests.e2e.cluster`."""
