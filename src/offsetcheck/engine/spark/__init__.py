"""Long lists on Spark: the bound trees as SQL text, and the order in which Spark runs it.

What columns mean is `engine.columns`' to say; a test holds both to the same answers. Only
`session` and `frames` know pyspark.
"""
