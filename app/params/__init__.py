"""Parameters of a request: how one is read, refused and documented; and the query string."""
