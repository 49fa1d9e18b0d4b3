"""Prahari: an open integrated command and control centre for cities. See docs/architecture.md."""

__version__ = "0.1.0"
