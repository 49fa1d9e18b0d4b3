"""Whatever goes wrong with a device, as a reason and a sentence."""

from __future__ import annotations

import logging

import httpx
from onveef import exceptions as onvif

from prahari.contracts.media import Reason
from prahari.engines.media.onvif.ports import DeviceError
from prahari.engines.media.onvif.sound import MOST_BYTES
from prahari.engines.media.onvif.transport import RedirectedError, StatusError, TooLargeError, UnsoundError

log = logging.getLogger(__name__)

LONGEST_REFUSAL = 100
NOT_UNDERSTOOD = "The device's answer cannot be understood."


def told(error: BaseException, secrets: tuple[str, ...] = ()) -> DeviceError:
    """`secrets`: words that must not stand in the sentence, should the device repeat them."""
    if isinstance(error, DeviceError):
        return error
    if isinstance(error, TooLargeError):
        return DeviceError(Reason.TOO_LARGE, f"The device's answer is longer than {MOST_BYTES // 1000} kB.")
    if isinstance(error, UnsoundError):
        return DeviceError(Reason.BAD_STREAM, NOT_UNDERSTOOD)
    if isinstance(error, RedirectedError):
        return DeviceError(Reason.REFUSED, "The device sends us to another address: enter that one (https, perhaps).")
    if isinstance(error, StatusError):
        return _of_status(error.status)
    if isinstance(error, onvif.OnvifAuthError):
        return DeviceError(Reason.WRONG_PASSWORD, "The device does not accept the user name and password for ONVIF.")
    if isinstance(error, onvif.OnvifTransportError):
        return _of_transport(error)
    if isinstance(error, TimeoutError):
        return DeviceError(Reason.TIMEOUT, "The device does not answer in time.")
    if isinstance(error, onvif.OnvifCapabilityMissingError | onvif.OnvifOperationNotSupportedError):
        return DeviceError(Reason.UNSUPPORTED, "The device cannot do this.")
    if isinstance(error, onvif.OnvifFaultError):
        return DeviceError(Reason.REFUSED, f"The device refuses: {_harmless(str(error), secrets)}.".replace("..", "."))
    if not isinstance(error, onvif.OnvifError):
        # The library met something that it did not expect, or we did: the device's fault or ours, its trace tells.
        log.warning("a device's answer was not understood", exc_info=error)
    return DeviceError(Reason.BAD_STREAM, NOT_UNDERSTOOD)


def _of_transport(error: onvif.OnvifTransportError) -> DeviceError:
    cause = error.__cause__
    if isinstance(cause, httpx.ConnectTimeout | httpx.ConnectError):
        return DeviceError(Reason.UNREACHABLE, "Nothing answers at the device's address; check power and network.")
    if isinstance(error, onvif.OnvifTimeoutError):
        return DeviceError(Reason.TIMEOUT, "The device does not answer in time.")
    if isinstance(cause, httpx.HTTPError):
        return DeviceError(Reason.CONNECTION_LOST, "The device broke the connection off.")
    return DeviceError(Reason.REFUSED, "The device answers with an error and no reason.")


def _of_status(status: int) -> DeviceError:
    match status:
        case 403:
            return DeviceError(Reason.WRONG_PASSWORD, "The device refuses this user (403).")
        case 404:
            return DeviceError(Reason.NOT_FOUND, "There is no ONVIF service at this address (404).")
        case 503:
            return DeviceError(Reason.REFUSED, "The device is busy (503).")
    return DeviceError(Reason.REFUSED, f"The device answers with an error and no reason ({status}).")


def _harmless(message: str, secrets: tuple[str, ...]) -> str:
    said = message.partition("fault: ")[2] or message
    for secret in secrets:
        if secret:
            said = said.replace(secret, "***")
    return "".join(letter for letter in said if letter.isprintable())[:LONGEST_REFUSAL].strip() or "no reason given"
