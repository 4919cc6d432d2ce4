"""Changing a record: who may, drafts, proposals beside what is published, merging."""
