"""The constable's day on a phone: what to visit, and visits recorded without a network."""
