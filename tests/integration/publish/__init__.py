"""Tests of publishing: what is loaded stands in the tables, whatever happens on the way."""
