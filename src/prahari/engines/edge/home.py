"""What a connector keeps: who it is, its key, the centre's keys, and the cameras of the place with their passwords.

Everything lies in one folder that only its owner can read. Passwords are sealed with a key of this box; they are not
told to the centre, nor is any address.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from prahari.contracts import edgekeys, tokens
from prahari.contracts.edge import ADDRESS_SCHEME, EdgeCamera, EdgeCertificate
from prahari.contracts.media import CameraPlan, DevicePlan, SealedAddress
from prahari.contracts.sealing import seal
from prahari.engines.media.cameras.address import open_address
from prahari.engines.media.cameras.ports import Address
from prahari.engines.media.onvif.connect import opened
from prahari.engines.media.onvif.ports import DeviceError

CAMERA_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
MOST_CAMERAS = 64


class HomeError(Exception):
    """Something of the box's own is missing or wrong; the message says what to do."""


class Identity(msgspec.Struct):
    """`private_key`: 32 bytes, base64. `centre`: origin of the centre, `pin`: SHA-256 of its certificate, hex; empty
    without TLS, which is for loopback only."""

    site_id: str
    name: str
    private_key: str
    certificate: str
    verifying_key: str
    centre: str
    link: str
    pin: str = ""
    release_key: str = ""

    def key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(edgekeys.decode(self.private_key, 32))

    def verifying(self) -> Ed25519PublicKey:
        key = load_pem_public_key(self.verifying_key.encode())
        if not isinstance(key, Ed25519PublicKey):
            raise HomeError("the centre's key is not an Ed25519 key: enrol again")
        return key

    def claims(self) -> EdgeCertificate | None:
        """What the certificate says, whether or not it has ended; None when it is none of this centre and key."""
        try:
            claims = tokens.read_signed(self.certificate, EdgeCertificate, self.verifying())
        except tokens.TokenError:
            return None
        fits = claims.site_id == self.site_id and claims.public_key == edgekeys.public_text(self.key())
        return claims if fits else None


class LocalDevice(msgspec.Struct, frozen=True):
    """The device (ONVIF) behind a camera, as it described itself when the camera was entered. `sealed`: as the
    camera's, in the devices' own form."""

    url: str
    channel: int = 1
    profile: str = ""
    source: str = ""
    ptz: bool = False
    events: bool = False
    sealed: str = ""


class LocalCamera(msgspec.Struct, frozen=True):
    """A camera as entered at the box. `sealed`: user name and password, for this box's key only."""

    name: str
    url: str
    sub_url: str = ""
    sealed: str = ""
    transport: str = "tcp"
    title: str = ""
    make: str = ""
    model: str = ""
    device: LocalDevice | None = None


class Home:
    """The folder. Raises HomeError when it cannot be used."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise HomeError(f"the folder {folder} cannot be made: {error.strerror}") from error

    # who it is

    def identity(self) -> Identity | None:
        """None: not enrolled."""
        try:
            return msgspec.json.decode((self.folder / "identity.json").read_bytes(), type=Identity)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise HomeError(f"identity.json cannot be read ({error}): enrol again") from error

    def save_identity(self, identity: Identity) -> None:
        self._write("identity.json", msgspec.json.format(msgspec.json.encode(identity), indent=1))

    # its cameras

    def cameras(self) -> dict[str, LocalCamera]:
        try:
            found = msgspec.json.decode((self.folder / "cameras.json").read_bytes(), type=list[LocalCamera])
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise HomeError(f"cameras.json cannot be read: {error}") from error
        return {camera.name: camera for camera in found}

    def add_camera(self, camera: LocalCamera, username: str, password: str) -> None:
        """Also replaces. Raises HomeError: a name or address that cannot be used."""
        if not CAMERA_NAME.fullmatch(camera.name):
            raise HomeError("a camera's name is of small letters, digits, dot, dash and underscore, at most 60")
        cameras = self.cameras()
        if camera.name not in cameras and len(cameras) >= MOST_CAMERAS:
            raise HomeError(f"a connector serves at most {MOST_CAMERAS} cameras")
        sealed = ""
        if username:
            body = msgspec.json.encode({"username": username, "password": password}).decode()
            sealed = seal(body, self.seal_key(), _context(camera.name))
        device = camera.device
        if device is not None:
            device = msgspec.structs.replace(device, sealed=self._device_seal(cameras, device.url, username, password))
        camera = msgspec.structs.replace(camera, sealed=sealed, device=device)
        for url in filter(None, (camera.url, camera.sub_url)):
            if "@" in url.split("//", 1)[-1].split("/", 1)[0]:
                raise HomeError("give user name and password by themselves, not in the address")
            try:
                open_address(camera.name, SealedAddress(url), camera.transport, b"")
            except ValueError as error:
                raise HomeError(str(error)) from error
        cameras[camera.name] = camera
        self._save_cameras(cameras)

    def _device_seal(self, cameras: dict[str, LocalCamera], url: str, username: str, password: str) -> str:
        """The same for all channels of a device: they share its connection then."""
        if not username:
            return ""
        for other in cameras.values():
            if other.device is not None and other.device.url == url and other.device.sealed:
                with contextlib.suppress(DeviceError):
                    if opened(url, other.device.sealed, self.seal_key()) == (username, password):
                        return other.device.sealed
        body = msgspec.json.encode({"username": username, "password": password}).decode()
        return seal(body, self.seal_key(), f"device:{url}")

    def remove_camera(self, name: str) -> bool:
        cameras = self.cameras()
        found = cameras.pop(name, None)
        if found is not None:
            self._save_cameras(cameras)
        return found is not None

    def _save_cameras(self, cameras: dict[str, LocalCamera]) -> None:
        self._write("cameras.json", msgspec.json.format(msgspec.json.encode(list(cameras.values())), indent=1))

    def seal_key(self) -> bytes:
        path = self.folder / "seal.key"
        if not path.exists():
            self._write("seal.key", secrets.token_bytes(32))
        return path.read_bytes()

    def _write(self, name: str, data: bytes) -> None:
        """Whole or not at all, readable by its owner only."""
        path = self.folder / name
        temporary = path.with_suffix(".new")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)


class CameraBook:
    """The box's cameras while it runs: read again when the file changes, so that `camera add` needs no restart."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._seal_key = home.seal_key()
        self._stamp: tuple[int, int] | None = None
        self._cameras: dict[str, LocalCamera] = {}
        self.refresh()

    def refresh(self) -> bool:
        """True: something has changed."""
        try:
            stat = (self._home.folder / "cameras.json").stat()
            stamp = (stat.st_mtime_ns, stat.st_ino)
        except FileNotFoundError:
            stamp = None
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        self._cameras = self._home.cameras()
        return True

    def told(self) -> list[EdgeCamera]:
        """What the centre may know of them."""
        return [
            EdgeCamera(
                one.name, one.title, one.make, one.model, bool(one.sub_url),
                one.device is not None and one.device.ptz, one.device is not None and one.device.events,
            )
            for one in self._cameras.values()
        ]  # fmt: skip

    def localized(self, plan: CameraPlan) -> CameraPlan:
        """The plan with addresses that mean something here; its small stream is what the box knows of one.

        A name that the box does not know stays as it is: opening it says so, as for any address that is wrong.
        """
        camera = self._cameras.get(local_name(plan))
        # An address from the centre opens nothing here: a centre that was broken into must not roam the shop's network.
        if camera is None:
            address = SealedAddress(f"{ADDRESS_SCHEME}:{local_name(plan)}")
            return msgspec.structs.replace(plan, address=address, sub=None, device=None)
        address = SealedAddress(_mark(camera.name, "main", camera.url), camera.sealed)
        sub = SealedAddress(_mark(camera.name, "sub", camera.sub_url), camera.sealed) if camera.sub_url else None
        device = self._device_plan(camera, plan.device)
        return msgspec.structs.replace(plan, address=address, sub=sub, transport=camera.transport, device=device)

    def _device_plan(self, camera: LocalCamera, told: DevicePlan | None) -> DevicePlan | None:
        """The box's own device; of what the centre says of one, the tour."""
        device = camera.device
        if device is None:
            return None
        same = [one for one in self._cameras.values() if one.device is not None and one.device.url == device.url]
        first = min(same, key=lambda one: (one.device.channel if one.device else 0, one.name))
        return DevicePlan(
            device.url, device.url, device.sealed, device.channel, device.profile, device.source, "", device.ptz,
            device.events, first.name == camera.name, told.tour if told is not None and device.ptz else None,
        )  # fmt: skip

    def address_of(self, plan: CameraPlan, sealed: SealedAddress) -> Address:
        """Raises ValueError with a sentence."""
        name, which, *_ = [*sealed.url.removeprefix(f"{ADDRESS_SCHEME}:").split(":"), ""]
        camera = self._cameras.get(name)
        if camera is None:
            raise ValueError(f"The site has no camera of the name {name}: enter it there (prahari-edge camera add).")
        url = camera.sub_url if which == "sub" else camera.url
        opened = open_address(name, SealedAddress(url), camera.transport, self._seal_key)
        if not camera.sealed:
            return opened
        return Address(opened.url, _credentials(name, camera.sealed, self._seal_key), camera.transport)


def local_name(plan: CameraPlan) -> str:
    return plan.address.url.removeprefix(f"{ADDRESS_SCHEME}:").partition(":")[0]


def _mark(name: str, which: str, url: str) -> str:
    """Stands for an address in plans: another one when the address is another, so that the connection is made anew."""
    return f"{ADDRESS_SCHEME}:{name}:{which}:{hashlib.sha256(url.encode()).hexdigest()[:12]}"


def _credentials(name: str, sealed: str, key: bytes) -> tuple[str, str] | None:
    opened = open_address(f"edge/{name}", SealedAddress("rtsp://here/", sealed), "tcp", key)
    return opened.credentials


def _context(name: str) -> str:
    return f"camera:edge/{name}"
