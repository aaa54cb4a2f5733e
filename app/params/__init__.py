"""Parameters of a request: declarations, value types, errors, and the query string."""
