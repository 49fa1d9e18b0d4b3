"""Cameras behind any router: a connector at the site that only calls out, and the gate at the centre that it calls."""
