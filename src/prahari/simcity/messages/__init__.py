"""A simulated SMS gateway and mail server that speak the wire, keep what they were given, and misbehave on command."""

from prahari.simcity.messages.faults import FaultError, Faults
from prahari.simcity.messages.inbox import Inbox, Received
from prahari.simcity.messages.post import SimPost

__all__ = ["FaultError", "Faults", "Inbox", "Received", "SimPost"]
