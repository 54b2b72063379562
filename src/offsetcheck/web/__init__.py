"""A web app for officers without a terminal: the same calls of `api`, in a browser."""
