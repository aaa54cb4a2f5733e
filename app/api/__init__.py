"""The HTTP API: requests in, responses out."""
