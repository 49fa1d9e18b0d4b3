"""Winning people over: associations, campaigns, visits of representatives, testimonials, letters."""
