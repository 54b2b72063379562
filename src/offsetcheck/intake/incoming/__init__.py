"""A file that somebody hands in: what it is, before anything is made of it."""
