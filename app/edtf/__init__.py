"""Dates in EDTF (ISO 8601-2): the calendar and the parser."""
