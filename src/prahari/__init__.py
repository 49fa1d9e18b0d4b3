"""Prahari: an open integrated command and control centre for cities. See docs/architecture.md."""
