"""A purchase as a form: what is shown of each key, and what a filled form changes in the file."""
