"""What became of each passage, date, number and quotation of a document."""
