"""Export formats. They convert rows, given as JSON, to CSV, NDJSON, iCalendar or Atom."""
