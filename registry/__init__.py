"""What is known: the domain and its storage. Knows no page, no model and no web framework."""
