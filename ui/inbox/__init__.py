"""Tipsa and Behov: what visitors send in, and what the editors do with it."""
