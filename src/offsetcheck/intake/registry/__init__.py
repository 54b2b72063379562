"""A registry's lists as records: whose word they are, of which day, joined to offers."""
