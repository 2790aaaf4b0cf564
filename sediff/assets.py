"""The folder of what ships beside the code, and the manifest of its weights; needs no torch."""

import hashlib
import json
from pathlib import Path
from typing import Any

from sediff.errors import WeightsError

ASSETS = Path(__file__).resolve().parents[1] / "assets"
MANIFEST = "manifest.json"


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_manifest(folder: Path = ASSETS) -> dict[str, Any]:
    """Read the manifest.

    Raises:
        WeightsError: it is missing or damaged.
    """
    path = folder / MANIFEST
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise WeightsError(
            f"The list of weights {path} is missing or damaged: restore it with git checkout."
        ) from error


def checked_file(name: str, folder: Path = ASSETS) -> Path:
    """The path of a shipped file, after checking that it is the one the manifest names.

    Raises:
        WeightsError: it is missing or damaged.
    """
    path = folder / name
    expected = read_manifest(folder).get("files", {}).get(name, {}).get("sha256")
    if not path.is_file():
        raise WeightsError(f"The weight file {path} is missing: restore it with git checkout.")
    if sha256(path) != expected:
        raise WeightsError(f"The weight file {path} is damaged: restore it with git checkout.")
    return path


def write_manifest(folder: Path, about: dict[str, Any]) -> None:
    """Write the manifest: `about` and the sha256 and size of every weight file in `folder`."""
    paths = [*folder.glob("*.safetensors"), *folder.glob("text_encoder/*.json")]
    files = {
        path.relative_to(folder).as_posix(): {
            "sha256": sha256(path),
            "bytes": path.stat().st_size,
        }
        for path in sorted(paths)
    }
    text = json.dumps({**about, "files": files}, indent=2, ensure_ascii=False)
    unfinished = folder / f"{MANIFEST}.tmp"
    unfinished.write_text(text + "\n")
    unfinished.rename(folder / MANIFEST)
