"""Any file to a sheet of text: what it holds, where each row stands, what could not be read."""
