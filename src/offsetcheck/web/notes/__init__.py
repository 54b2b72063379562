"""Officers' notes as forms write them: tried on a copy, then written into the tender."""
