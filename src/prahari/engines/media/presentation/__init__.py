"""Masked pictures of public cameras for visitors of the control room; plain pixels never leave the child process."""
