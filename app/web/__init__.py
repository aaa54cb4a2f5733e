"""The pages for people. Each has the address of the API without `/v1`, and shows its answer."""
