"""What the API serves: a file for each table, with its model, its rows and its resource beside each
other, and what these files share."""
