"""Trials: long runs of what the tests try briefly, with figures: `make trials`."""
