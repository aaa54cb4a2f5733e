"""Errors that clients get: problem details (RFC 9457), their codes and their messages."""
