"""The read-only HTTP API, and the catalogue as files. Knows no page."""
