"""The timeline as a drawing. The server makes it, so it works without scripts and in print."""
