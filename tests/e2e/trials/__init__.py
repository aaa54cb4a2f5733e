"""Trials: what the tests try a little of, at length, with figures: `make trials`."""
