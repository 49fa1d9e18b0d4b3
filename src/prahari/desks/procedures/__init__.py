"""Procedures (SOPs): written in versions, run on incidents by several people at once, with automatic actions."""
