"""Keeping the registry good over the years: never twice, what lacks a source or a check, dead links."""
