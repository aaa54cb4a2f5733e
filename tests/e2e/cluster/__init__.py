"""Run a cluster on one machine, as docs/deploy.md describes it: `python -m tests.e2e.cluster`."""
