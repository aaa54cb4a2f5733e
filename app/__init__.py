"""The server: a read-only API over the tables that the loader publishes."""

__version__ = "0.1.0"
