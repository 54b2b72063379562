"""Which column holds which field: by its heading, and by cells that know better."""
