"""Utforska: the whole registry, narrowed down and counted."""
