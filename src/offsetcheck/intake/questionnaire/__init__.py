"""Forms of questions that bidders have filled: recognised, read, checked, and taken in."""
