"""What a template says of itself in its first lines, and whether that holds."""
