"""Search in words: what a query asks, what the databases index, and what is marked in an answer.

Tokens, stems and positions are ours; SQLite and PostgreSQL only look them up. So both find the
same rows, and highlights come from the same code.
"""
