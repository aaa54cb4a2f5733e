"""What code reads out of a document; it knows no table and no database."""
