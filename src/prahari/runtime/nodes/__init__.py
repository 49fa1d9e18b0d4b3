"""Other machines of the centre: how one is invited, joins, and runs."""
