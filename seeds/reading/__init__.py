"""The reading of a document: a YAML file in which a person records facts and their quotes."""
