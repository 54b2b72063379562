"""Files that were handed in and are not stored yet: kept aside for whoever sent them."""
