"""Redigera: a proposal filled in step by step."""
