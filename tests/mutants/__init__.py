"""Mutation testing: change the code in small ways and list the changes that no test notices."""
