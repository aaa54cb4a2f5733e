"""Clients that others generate from the OpenAPI document: they compile, and get typed rows."""
