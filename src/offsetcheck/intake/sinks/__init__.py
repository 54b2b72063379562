"""`sinks.yaml`: what a city states of its own sinks."""
