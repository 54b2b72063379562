"""What `offsetcheck init` writes: files to be filled in, each valid as it is."""
