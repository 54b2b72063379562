"""A city's own templates run in a process of their own, with limits of time, memory and output."""
