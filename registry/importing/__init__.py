"""From a file somebody sends to proposals beside the record: read, understood, shown, and only then written."""
