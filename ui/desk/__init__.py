"""Redaktion: worklists, review, history, quality, duplicates."""
