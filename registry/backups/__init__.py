"""A copy of all tables, proved by restoring it."""
