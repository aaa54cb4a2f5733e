"""Tests of several parts together: loads, migrations, servers, databases, the command line."""
