"""What a client is told that asks wrongly: problem details (RFC 9457) and their codes."""
