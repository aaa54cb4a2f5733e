"""The story: who did what, in order, as cards in two lanes."""
