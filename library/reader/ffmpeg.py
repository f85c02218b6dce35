"""Light recordings by ffmpeg, where it is installed; hostile files meet limits of time and memory."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from portal.web import sandbox

SECONDS = 30 * 60
MEGABYTES = 1536  # of addresses: ffmpeg reserves far more than it uses


@dataclass(frozen=True, slots=True)
class Recipe:
    options: tuple[str, ...]
    ending: str
    media_type: str


AUDIO_24K = Recipe(
    ("-vn", "-ac", "1", "-c:a", "libopus", "-b:a", "24k", "-application", "voip"), ".ogg", "audio/ogg"
)
VIDEO_240P = Recipe(
    (
        *("-vf", "scale=-2:'min(240,ih)'", "-c:v", "libx264", "-preset", "veryfast", "-crf", "30"),
        *("-pix_fmt", "yuv420p", "-ac", "1", "-c:a", "aac", "-b:a", "32k", "-movflags", "+faststart"),
    ),
    ".mp4",
    "video/mp4",
)


def is_there() -> bool:
    return shutil.which("ffmpeg") is not None


def convert(source: Path, target: Path, recipe: Recipe) -> None:
    """Write `target` anew from `source`. Raises sandbox.Refused, whose code is ffmpeg's last line, and
    sandbox.Overrun after half an hour."""
    program = shutil.which("ffmpeg")
    job = f"{__name__}:transcode"
    sandbox.run(job, program, str(source), str(target), recipe.options, seconds=SECONDS, megabytes=MEGABYTES)


def transcode(program: str, source: str, target: str, options: list[str]) -> None:
    """The job: ffmpeg takes over its limits, and reads no address and no other file than a list might name."""
    command = [program, "-nostdin", "-v", "error", "-protocol_whitelist", "file", "-i", source]
    command += ["-map_metadata", "-1", "-threads", "1", *options, "-y", target]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell, paths of ours
    made = Path(target)
    if done.returncode != 0 or not made.is_file() or made.stat().st_size == 0:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise sandbox.Refused(last or f"ffmpeg ended with {done.returncode}")
