"""Records as files and as linked data."""
