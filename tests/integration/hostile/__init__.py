"""Hostile requests, generated from the OpenAPI document, and checks of their answers."""
