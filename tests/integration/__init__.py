"""Tests of parts that work together: loads, migrations, servers, databases, the command line."""
