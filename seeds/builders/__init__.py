"""The builders, a file for each table: the form of its entries in a reading, and their rows."""
