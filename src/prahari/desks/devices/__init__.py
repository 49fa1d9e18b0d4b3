"""Desk: devices behind cameras (recorders, single cameras), makers' addresses, and who moves a camera."""
