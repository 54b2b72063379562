"""A decision in the browser: what a form fills in, what it lacks, what it adds up to."""
