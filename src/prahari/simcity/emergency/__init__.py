"""What hands in events to a centre, simulated on the wire: 112, a feed of public alerts, panic buttons, patrols."""

from prahari.simcity.emergency.alerts import SimAlerts
from prahari.simcity.emergency.buttons import SimButton
from prahari.simcity.emergency.calls import SimCallCentre
from prahari.simcity.emergency.service import SimEmergency

__all__ = ["SimAlerts", "SimButton", "SimCallCentre", "SimEmergency"]
