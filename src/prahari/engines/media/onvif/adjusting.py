"""Answers what concerns a camera's picture and its device's relays. Under the camera's leave as every move is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from prahari.contracts import tokens
from prahari.contracts.devices import ImagingReply, ImagingRequest, RelayReply, RelayRequest
from prahari.contracts.media import MediaClaims, Reason
from prahari.engines.media.cameras.camera import Camera
from prahari.engines.media.gate.showing import asker_of
from prahari.engines.media.onvif.links import Devices
from prahari.engines.media.onvif.ports import DeviceError

MOST_REQUEST_BYTES = 16_000
FOCUS_S = 0.3
FOCUS_SPEED = 0.5
Request = TypeVar("Request", ImagingRequest, RelayRequest)


class Adjusting:
    """Never raises for what comes in. All methods are called in the event loop."""

    def __init__(
        self, verifying_key: Ed25519PublicKey, devices: Devices, now_s: Callable[[], float] = time.time
    ) -> None:
        self._verifying_key = verifying_key
        self._devices = devices
        self._now_s = now_s
        self._turn = asyncio.Lock()  # two who drive one focus would never find it sharp

    async def imaging(self, camera: Camera, payload: bytes) -> ImagingReply:
        """ImagingRequest -> ImagingReply."""
        try:
            request = self._read(camera, payload, ImagingRequest, "imaging")
            source = self._source(camera)
            device = await self._devices.device(camera.plan.camera_id)
            if request.settings or request.ir_cut or request.focus:
                await device.set_imaging(source, request.settings, request.ir_cut, request.focus)
            if request.towards:
                async with self._turn:
                    await self._drive(camera, source, FOCUS_SPEED if request.towards == "far" else -FOCUS_SPEED)
            return ImagingReply(True, imaging=await device.imaging(source))
        except DeviceError as error:
            return ImagingReply(False, error.reason, error.detail)

    async def _drive(self, camera: Camera, source: str, speed: float) -> None:
        device = await self._devices.device(camera.plan.camera_id)
        try:
            await device.drive_focus(source, speed)
            await asyncio.sleep(FOCUS_S)
        finally:
            await device.drive_focus(source, 0.0)

    async def relay(self, camera: Camera, payload: bytes) -> RelayReply:
        """RelayRequest -> RelayReply."""
        try:
            request = self._read(camera, payload, RelayRequest, "relay")
            device = await self._devices.device(camera.plan.camera_id)
            await device.switch_relay(request.relay, request.active)
        except DeviceError as error:
            return RelayReply(False, error.reason, error.detail)
        return RelayReply(True)

    def _read(self, camera: Camera, payload: bytes, kind: type[Request], use: str) -> Request:
        """The request, when its person may ask this of the camera now. Raises DeviceError."""
        if len(payload) > MOST_REQUEST_BYTES:
            raise DeviceError(Reason.REFUSED, "The request is too large.")
        try:
            request = msgspec.json.decode(payload, type=kind)
        except ValueError as error:
            raise DeviceError(Reason.REFUSED, f"The request cannot be read: {error}") from error
        try:
            claims = tokens.verify(request.token, MediaClaims, self._verifying_key, self._now_s())
        except tokens.TokenError as error:
            raise DeviceError(Reason.REFUSED, "The leave to do this is wrong or expired.") from error
        if claims.camera_id != camera.plan.camera_id or use not in claims.uses:
            raise DeviceError(Reason.REFUSED, "The leave to do this is for something else.")
        refusal = camera.refusal(asker_of(claims))
        if refusal is not None:
            raise DeviceError(camera.leave.reason or Reason.NO_PERMIT, refusal.en)
        if camera.plan.device is None:
            raise DeviceError(Reason.UNSUPPORTED, "This camera has no device that could do this.")
        return request

    @staticmethod
    def _source(camera: Camera) -> str:
        assert camera.plan.device is not None
        if not camera.plan.device.source:
            raise DeviceError(Reason.UNSUPPORTED, "The device's picture source is not known: ask the device again.")
        return camera.plan.device.source
