"""Full-text search: the query parser, the content of the indexes, and highlights.

This package makes tokens, stems and positions. SQLite and PostgreSQL only look them up, so both
find the same rows. Highlights use the same code.
"""
