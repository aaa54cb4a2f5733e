"""The reading of a document: the YAML in which a person writes what takes judgement."""
