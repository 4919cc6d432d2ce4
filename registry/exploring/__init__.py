"""What a reader asked to see, the counts beside it, and what is missing."""
