"""The catalogues of the pages' texts. ``python -m ui.locale`` brings them up to date with the source."""
