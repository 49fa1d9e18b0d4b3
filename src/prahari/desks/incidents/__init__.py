"""Incidents: what is being worked on, by whom, until it is over; and what remains of it on paper."""
