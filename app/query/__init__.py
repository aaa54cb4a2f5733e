"""From the query string of a list to a `ListQuery`: values, names looked up, period, order, cursor."""
