"""Importera: a file becomes proposals, after a preview."""
