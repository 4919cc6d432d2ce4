"""Beslutsunderlag: a brief that a municipality's own proposal to its committee can start from. No page."""
