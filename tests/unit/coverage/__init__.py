"""Unit tests of seeds.coverage."""
