"""The coverage report: which rows cite or use each passage, date, number and quotation."""
