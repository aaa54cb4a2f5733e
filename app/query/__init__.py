"""List queries: a parsed query string, with its filters, resolved names, period and order."""
