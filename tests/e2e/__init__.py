"""End-to-end tests with external programs: browsers, generated clients, clusters, long trials."""
