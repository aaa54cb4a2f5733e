"""Tests of what the API promises, for every resource of the registry, on both databases."""
