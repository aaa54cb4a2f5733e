"""A list query as statements: which rows, in which order, how many."""
