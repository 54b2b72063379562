"""Messages between two processes: eight bytes of length, then so many bytes."""

import struct
from typing import IO

LENGTH = struct.Struct(">Q")


class BrokenPipeOfFramesError(Exception):
    """The other process has ended, or says something that is no message."""


def send(stream: IO[bytes], data: bytes) -> None:
    """Write one message."""
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes], longest: int) -> bytes:
    """Return one message; raise BrokenPipeOfFramesError where none comes or it is too long."""
    (length,) = LENGTH.unpack(_exactly(stream, LENGTH.size))
    if length > longest:
        raise BrokenPipeOfFramesError(
            f"a message of {length:,} bytes; at most {longest:,} are read"
        )
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if data is None or len(data) < length:
        raise BrokenPipeOfFramesError("the other process has ended")
    return data
