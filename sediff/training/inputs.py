"""What the stages of training share: the data, caches, and the newest weights of each part."""

from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from sediff.errors import DataError
from sediff.training.ptbxl import data_root, is_clean, load_metadata, load_signals, part_of

_PAIRS = 400  # records at both rates, from which the data set's filter is found
_BEHIND_LATENTS = ("decoder.", "finish.", "taps")


@dataclass(frozen=True)
class Data:
    """PTB-XL as the trainers use it.

    Attributes:
        table: metadata. part: (n,) 'train', 'held', 'test', 'unused'. clean: (n,) usable.
        low: (n, 8, 1000) int16 uV at 100 Hz. high: (m, 8, 5000) int16 uV at 500 Hz.
        high_of: (n,) row in `high`, -1 where a record has no 500 Hz.
    """

    table: pd.DataFrame
    part: npt.NDArray[np.str_]
    clean: npt.NDArray[np.bool_]
    low: npt.NDArray[np.int16]
    high: npt.NDArray[np.int16]
    high_of: npt.NDArray[np.int64]


def load_data(root: str | None, work: Path, test_fold: int = 9) -> Data:
    """Read and cache PTB-XL; minutes the first time, a moment later."""
    folder = data_root(root)
    table = load_metadata(folder)
    has_high = table["has_500hz"].astype(bool).to_numpy()
    low = load_signals(folder, table, 100, work / "cache")
    high = load_signals(folder, pd.DataFrame(table[has_high]), 500, work / "cache")
    high_of = np.where(has_high, np.cumsum(has_high) - 1, -1)
    return Data(table, part_of(table, test_fold), is_clean(low), low, high, high_of)


def measured_of(arguments: Namespace, data: Data) -> list[dict]:
    """Measurements of every record, made where they are not there yet."""
    from sediff.training.scaffold import measure_all

    return measure_all(data.low, arguments.work / "cache" / "measured.jsonl")


def held_rows(data: Data) -> npt.NDArray[np.int64]:
    """The held records in an order of their own, so that the first of them are any of them."""
    rows = np.flatnonzero((data.part == "held") & data.clean)
    return np.random.default_rng(0).permutation(rows)


def scaffolds_of(arguments: Namespace, data: Data):
    """The autoencoder's file, and all that the denoiser is trained on over its latents."""
    from sediff.findings import scp_codes
    from sediff.training.asked import load_asked
    from sediff.training.beats import times_of
    from sediff.training.denoiser import Scaffolds
    from sediff.training.prepare import concept_matrix

    cache = arguments.work / "cache"
    parts = {
        name: np.load(cache / "scaffolds" / f"{name}.npy", mmap_mode="r")
        for name in ("numbers", "drafts", "marks", "powers")
    }
    r_s, there = times_of(measured_of(arguments, data))
    scaffolds = Scaffolds(
        latent=latents_of(arguments, data),
        texts=np.load(cache / "texts.npy"),
        experience=np.load(cache / "experience.npy"),
        concepts=concept_matrix(data.table, scp_codes()),
        has_beats=parts["marks"].any(axis=(1, 2)),
        r_s=r_s,
        there=there,
        asked=load_asked(cache / "asked"),
        **parts,
    )
    return newest(arguments.work, "autoencoder"), scaffolds


def taps_of(data: Data) -> npt.NDArray[np.float32]:
    """The filter by which PTB-XL was reduced to 100 Hz, from training records at both rates.

    Raises:
        DataError: no training record is there at 500 Hz.
    """
    from sediff.training.autoencoder import fit_decimator

    both = np.flatnonzero((data.part == "train") & data.clean & (data.high_of >= 0))[:_PAIRS]
    if not len(both):
        raise DataError("The data hold no training record at 500 Hz: fetch records500 too.")
    return fit_decimator(data.low[both], data.high[data.high_of[both]])


def latents_of(arguments: Namespace, data: Data) -> npt.NDArray[np.float16]:
    """(n, L, 125) latents of every record, encoded where they are not there yet."""
    import hashlib

    from sediff.training.prepare import encode_all

    coder = newest(arguments.work, "autoencoder")
    parts = _making_latents(coder)
    digest = hashlib.sha256(b"".join(parts[k].numpy().tobytes() for k in sorted(parts)))
    path = arguments.work / "cache" / f"latents-{digest.hexdigest()[:12]}.npy"
    if not path.is_file():  # another encoder, other latents; another decoder, the same
        model = load_autoencoder(coder).to(arguments.device)
        np.save(path, encode_all(model, data.low, arguments.device))
    return np.load(path)


def constraints_of(work: Path, device: str, gradient: bool = True):
    """The simulator-consistent constraints over the newest decoder and beat decoder."""
    from sediff.training.constraints import Constraints

    coder = load_autoencoder(newest(work, "autoencoder")).to(device).requires_grad_(False)
    beats = load_beats(newest(work, "beats")).to(device).requires_grad_(False)
    return Constraints(coder, beats, gradient=gradient)


def start_for(coder: Path) -> dict | None:
    """The shipped denoiser's tensors, where `coder` makes the latents that it knows."""
    from sediff.assets import ASSETS

    shipped = ASSETS / "denoiser.safetensors"
    if not shipped.is_file():
        return None
    known, now = (_making_latents(path) for path in (ASSETS / "autoencoder.safetensors", coder))
    same = known.keys() == now.keys() and all(now[k].equal(v) for k, v in known.items())
    return tensors_of(shipped) if same else None


def _making_latents(coder: Path) -> dict:
    """The tensors of an autoencoder that its latents depend on."""
    return {k: v for k, v in tensors_of(coder).items() if not k.startswith(_BEHIND_LATENTS)}


def records_of(arguments: Namespace, data: Data):
    """The measured training records by finding, sex and age band."""
    from sediff.training.statistics import Records

    return Records(data.table, measured_of(arguments, data), np.flatnonzero(data.part == "train"))


def encoder_of(work: Path):
    """The text encoder of the work folder, else the shipped one."""
    from sediff.assets import ASSETS
    from sediff.diffusion.text import TextEncoder

    own = work / "encoder"
    return TextEncoder(own if own.is_dir() else ASSETS)


def tensors_of(path: Path) -> dict:
    """The tensors of a safetensors file, float32."""
    from safetensors.torch import load_file

    return {k: v.float() for k, v in load_file(path).items()}


def newest(work: Path, name: str) -> Path:
    """The weights of the work folder, else the shipped ones."""
    from sediff.assets import ASSETS

    own = work / f"{name}.safetensors"
    return own if own.is_file() else ASSETS / own.name


def load_autoencoder(path: Path):
    """The autoencoder that `save_part` wrote to `path`."""
    from sediff.diffusion.autoencoder import Autoencoder, AutoencoderConfig
    from sediff.diffusion.bundle import config_of

    model = Autoencoder(AutoencoderConfig(**config_of(path)))
    model.load_state_dict(tensors_of(path))
    return model.eval()


def load_beats(path: Path):
    """The beat decoder that `save_part` wrote to `path`."""
    from sediff.diffusion.beats import BeatDecoder, BeatDecoderConfig
    from sediff.diffusion.bundle import config_of

    model = BeatDecoder(BeatDecoderConfig(**config_of(path)))
    model.load_state_dict(tensors_of(path))
    return model.eval()
