"""Run the commands of docs/deploy.md as they stand: `python -m tests.e2e.guide`."""
