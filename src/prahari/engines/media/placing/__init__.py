"""Gives cameras to workers where there are several machines. One process a machine, one of them at work."""
