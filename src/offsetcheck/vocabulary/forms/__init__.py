"""Files written by hand in YAML: data with places, checked by models, every problem located."""
