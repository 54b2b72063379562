"""`columns.yaml`: what a person says the columns of a list are, kept and laid over it."""
