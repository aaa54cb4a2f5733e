"""Hostile requests, made from the OpenAPI document, and what may be said to them."""
