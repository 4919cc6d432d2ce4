"""Jämför, Policyfönster, Mottagarkoll, Beslutsunderlag and Kommuner som er: what it takes to adopt an initiative."""
