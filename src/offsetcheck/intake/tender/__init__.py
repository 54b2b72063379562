"""A tender's folder: the purchase, the offers, and what its lots say together."""
