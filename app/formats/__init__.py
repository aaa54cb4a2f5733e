"""Export formats: rows, rendered as JSON, become CSV, NDJSON, iCalendar or Atom."""
