"""Builders: one module for each table. A module has the model of the entries and makes the rows."""
