"""A tender as a whole: what of it is done, what is next, and the files of its folder."""
