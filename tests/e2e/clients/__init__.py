"""Clients that generators create from the OpenAPI document: they compile and have typed rows."""
