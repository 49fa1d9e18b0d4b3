"""Pure rules and types. Imports nothing of ours, does no input or output."""
