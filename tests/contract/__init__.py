"""The promises of the API, kept by every resource of the registry, on both databases."""
