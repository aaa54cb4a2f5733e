"""Trials: long runs of what the tests check briefly, with figures: `make trials`."""
