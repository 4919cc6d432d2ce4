"""Hitta: from a challenge to initiatives that fit."""
