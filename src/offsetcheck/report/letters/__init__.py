"""Letters written down: Word files from templates that a city edits, and plain text for a mail."""
