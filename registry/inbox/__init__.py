"""What visitors send in on purpose, and how much of it is taken."""
