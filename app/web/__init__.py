"""The pages for people: each shows what the API answers, at the API's address without `/v1`."""
