"""SQL statements for list queries: filters, order, pages, counts and facets."""
