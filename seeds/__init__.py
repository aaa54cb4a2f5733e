"""What turns source documents into the rows that the server publishes."""
