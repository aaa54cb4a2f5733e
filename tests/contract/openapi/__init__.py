"""Tests of the OpenAPI document, and of the answers that it documents."""
