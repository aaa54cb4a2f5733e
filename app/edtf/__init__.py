"""Dates: EDTF (ISO 8601-2), read and compared."""
