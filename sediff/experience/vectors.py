"""The vectors of all passages, shipped so that no start has to encode them.

The file is bound by a key to the texts and to the weights of the encoder; another key means
that it is out of date, and the passages are encoded anew.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from sediff.assets import ASSETS, read_manifest
from sediff.errors import WeightsError

Floats = npt.NDArray[np.float32]
FILE = "experience/vectors.safetensors"
_BATCH = 64


class Encoder(Protocol):
    """What retrieval asks of a sentence encoder."""

    def embed(self, reports: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return (n, d) float32 unit vectors, one a text."""
        ...


def encoder_mark(folder: Path = ASSETS) -> str:
    """Sha256 of the shipped encoder's weights, '' where the manifest does not name them."""
    try:
        return read_manifest(folder)["files"]["text_encoder.safetensors"]["sha256"]
    except (WeightsError, KeyError):
        return ""


def key_of(texts: Sequence[str], mark: str) -> str:
    """Sha256 of all texts in their order and of the encoder's mark."""
    return hashlib.sha256(json.dumps([mark, *texts]).encode()).hexdigest()


def encode_all(encoder: Encoder, texts: Sequence[str]) -> Floats:
    """(n, d) vectors; texts of like length go together, which halves the time."""
    order = sorted(range(len(texts)), key=lambda k: len(texts[k]))
    parts = [
        encoder.embed([texts[k] for k in order[i : i + _BATCH]])
        for i in range(0, len(order), _BATCH)
    ]
    result = np.empty((len(texts), parts[0].shape[1]), np.float32)
    result[order] = np.concatenate(parts)
    return result


def write_vectors(encoder: Encoder, texts: Sequence[str], folder: Path = ASSETS) -> Path:
    """Encode `texts` and write them in half precision, bound to the encoder of `folder`.

    Returns:
        The file, about 2 MB.
    """
    path = folder / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    vectors = encode_all(encoder, texts).astype(np.float16)
    unfinished = path.with_suffix(".tmp")
    save_file({"vectors": vectors}, unfinished, {"key": key_of(texts, encoder_mark(folder))})
    unfinished.chmod(0o644)  # safetensors writes it for the owner alone
    unfinished.rename(path)
    return path


def load_vectors(texts: Sequence[str], folder: Path = ASSETS) -> Floats | None:
    """(n, d) vectors of `texts`; None where the file is missing, damaged or out of date."""
    path = folder / FILE
    try:
        with safe_open(path, framework="numpy") as file:
            if (file.metadata() or {}).get("key") != key_of(texts, encoder_mark(folder)):
                return None
            vectors = file.get_tensor("vectors").astype(np.float32)
    except (OSError, SafetensorError):
        return None
    return vectors if len(vectors) == len(texts) else None
