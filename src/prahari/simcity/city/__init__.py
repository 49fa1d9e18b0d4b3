"""A made-up but believable plan of a city by a river, laid out the same for the same seed."""

from prahari.simcity.city.city import plan

__all__ = ["plan"]
