"""Initiativ: one record as its reader sees it."""
