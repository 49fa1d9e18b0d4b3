"""JPEGs of keyframes, decoded in a helper process that starts when first needed and ends when idle."""

from __future__ import annotations

import msgspec

from prahari.engines.media.fallback import wire
from prahari.engines.media.fallback.helper import Helper, HelperError
from prahari.engines.media.types import AccessUnit, VideoParameters

PLAIN = "prahari.engines.media.fallback.pictures_child"
TIMEOUT_S = 5.0
MOST_WAITING = 16

_decoder = msgspec.msgpack.Decoder(wire.Picture)


class PictureError(Exception):
    """No JPEG could be made; the message says why."""


class TooManyPicturesError(PictureError):
    """More pictures are asked for than one helper makes in time."""


class PictureMaker:
    """One helper, one request at a time; a helper that hangs is killed and the next request gets a new one."""

    def __init__(self, child: str = PLAIN, timeout_s: float | None = None) -> None:
        """`child`: the module that the helper runs, PLAIN or one that answers the same jobs; `timeout_s`: TIMEOUT_S."""
        self._helper = Helper(child)
        self._timeout_s = timeout_s
        self._waiting = 0

    async def jpeg(self, parameters: VideoParameters, keyframe: AccessUnit, most_width_px: int = 1920) -> bytes:
        """Raises PictureError."""
        return (await self.picture(parameters, keyframe, most_width_px)).jpeg

    async def picture(self, parameters: VideoParameters, keyframe: AccessUnit, most_width_px: int) -> wire.Picture:
        """The helper's whole answer. Raises PictureError."""
        if self._waiting >= MOST_WAITING:
            raise TooManyPicturesError("too many pictures are asked for at once")
        data = keyframe.data if isinstance(keyframe.data, bytes) else b"".join(keyframe.data)
        job = wire.PictureJob(
            parameters.codec, parameters.sps, parameters.pps, parameters.vps, data, most_width_px=most_width_px
        )
        self._waiting += 1
        try:
            timeout_s = TIMEOUT_S if self._timeout_s is None else self._timeout_s
            picture = _decoder.decode(await self._helper.ask(wire.PICTURE, job, timeout_s))
        except HelperError as error:
            raise PictureError(str(error)) from error
        except ValueError as error:
            raise PictureError("the picture helper's answer cannot be read") from error
        finally:
            self._waiting -= 1
        if picture.error:
            raise PictureError(picture.error)
        return picture

    async def close(self) -> None:
        """End the helper. Who still waits for a picture gets a PictureError."""
        await self._helper.close()
