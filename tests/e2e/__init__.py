"""Tests with what is not ours: browsers, generated clients, clusters, long trials."""
