"""A list query: what a query string asks, with names looked up, period, order and cursor."""
