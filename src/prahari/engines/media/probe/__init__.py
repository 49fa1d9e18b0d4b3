"""Proof that cameras which nobody looks at are alive; tests of an address; discovery."""
