"""Errors of the API: problem details (RFC 9457), error codes and messages."""
