"""Who did what, when and why: entries that nobody can change."""
