"""Unit tests of seeds.reading."""
