"""Readers of English prose: dates, numbers, quotations, names. They know no tables or databases."""
