"""Full-text search: parsing of queries, what the databases index, and highlights in answers.

Tokens, stems and positions come from this package; SQLite and PostgreSQL only look them up. So
both find the same rows, and highlights come from the same code.
"""
