"""The centre's figures for Prometheus: one process, one address, nothing about people."""
