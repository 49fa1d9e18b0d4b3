"""ONVIF devices of the simulated city: single cameras and recorders with several channels, over real HTTP and SOAP.

devices = {"NVR1": SimDevice("NVR1", [SimChannel("Gate", "rtsp://127.0.0.1:8554/cam/1")], username="a", password="b")}
async with SimOnvif(devices.get) as server:
    server.url("NVR1")                       # http://127.0.0.1:41237/NVR1/onvif/device_service
    devices["NVR1"].set_faults(clock_off_s=7200)
"""

from prahari.simcity.onvif.device import SimChannel, SimDevice
from prahari.simcity.onvif.faults import DeviceFaultError, DeviceFaults
from prahari.simcity.onvif.server import SimOnvif

__all__ = ["DeviceFaultError", "DeviceFaults", "SimChannel", "SimDevice", "SimOnvif"]
