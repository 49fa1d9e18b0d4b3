"""The constable's day: visits recorded on a phone, also without a network."""
