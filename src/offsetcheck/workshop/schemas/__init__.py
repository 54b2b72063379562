"""JSON Schema for every kind of file of a rule folder, made from the models that read them."""
