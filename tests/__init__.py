"""The tests; docs/testing.md explains the folders."""
