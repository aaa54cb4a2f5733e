"""The timeline as a drawing, made on the server: it needs no script, and prints as it is seen."""
