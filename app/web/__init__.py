"""The pages for people. A page has the address of an API route without `/v1` and shows its data."""
