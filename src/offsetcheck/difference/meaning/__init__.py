"""Two rulebooks as read: what is otherwise in meaning, for whom, and from which day."""
