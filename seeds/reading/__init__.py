"""The reading of a document: what it takes judgement to say about it, as YAML."""
