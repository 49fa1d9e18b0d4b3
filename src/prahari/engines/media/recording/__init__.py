"""Recordings on disk: files, their catalogue, gaps, retention, recovery."""
