"""A rulebook as a folder of pages that need no server, and as one book on paper."""
