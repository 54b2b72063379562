"""One module for each group of pages; its `ROUTES` say which addresses it answers."""
