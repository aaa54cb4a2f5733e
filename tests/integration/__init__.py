"""Integration tests of loads, migrations, servers, databases and the command line."""
