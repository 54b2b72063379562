"""What rule files say of a city's own sinks: the sources of methods and of gates."""
