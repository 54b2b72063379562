"""What an editor asks of rule files: what stands at a place, what could, and where else it does."""
