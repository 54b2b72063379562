"""The served rulebook in the browser: what is kept of it, its addresses, and edits of its rules."""
