"""The whole knowledge base as files: a database for people, tables, and linked data."""
