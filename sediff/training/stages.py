"""The stages of training, in the order in which they run; each leaves files in the work folder."""

import json
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from sediff.training.ptbxl import data_root, is_clean, load_metadata, load_signals, part_of

_RATE, _RATE_GOING_ON = 7e-4, 4.5e-4  # of the denoiser: from scratch, from shipped weights


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


def autoencoder(arguments: Namespace) -> None:
    """Train the autoencoder and write its weights."""
    from sediff.diffusion.bundle import save_part
    from sediff.training.autoencoder import train_autoencoder

    data = load_data(arguments.data, arguments.work, arguments.test_fold)
    rows = np.flatnonzero((data.part == "train") & data.clean)
    model = train_autoencoder(
        data.low[rows],
        data.high,
        data.high_of[rows],
        arguments.work,
        arguments.minutes,
        batch=arguments.batch,
        device=arguments.device,
    )
    save_part(arguments.work, "autoencoder", model.to("cpu"), model.config)


def measurements(arguments: Namespace) -> None:
    """Measure every record once."""
    from sediff.training.scaffold import measure_all

    data = load_data(arguments.data, arguments.work, arguments.test_fold)
    measure_all(data.low, arguments.work / "cache" / "measured.jsonl")


def statistics(arguments: Namespace) -> None:
    """Write the table of statistics of real ECGs to assets."""
    from sediff.assets import ASSETS
    from sediff.training.statistics import write_statistics

    records = _records(arguments, load_data(arguments.data, arguments.work, arguments.test_fold))
    print(write_statistics(records, ASSETS / "experience" / "statistics.json"), "groups")


def drafts(arguments: Namespace) -> None:
    """Fit and simulate a draft of every record."""
    from sediff.training.autoencoder import fit_decimator
    from sediff.training.prepare import build_drafts

    data = load_data(arguments.data, arguments.work, arguments.test_fold)
    both = np.flatnonzero((data.part == "train") & data.clean & (data.high_of >= 0))[:400]
    taps = fit_decimator(data.low[both], data.high[data.high_of[both]])
    target = arguments.work / "cache" / "scaffolds"
    build_drafts(data.table, data.low, _measured(arguments, data), taps, target)


def texts(arguments: Namespace) -> None:
    """Embed every report in three wordings, and its experience report."""
    from sediff.training.prepare import embed_texts, experiences, wordings

    data = load_data(arguments.data, arguments.work, arguments.test_fold)
    encoder, cache = _encoder(arguments.work), arguments.work / "cache"
    made = [embed_texts([(text,) for text in texts], encoder) for texts in wordings(data.table)]
    np.save(cache / "texts.npy", np.stack(made))
    known = experiences(data.table, _records(arguments, data))
    np.save(cache / "experience.npy", embed_texts(known, encoder))


def denoiser(arguments: Namespace) -> None:
    """Train the denoiser and write its weights after every look at the held records.

    Goes on from the checkpoint in the work folder, else from the shipped weights.
    """
    from sediff.assets import ASSETS, sha256
    from sediff.diffusion.bundle import save_part
    from sediff.diffusion.denoiser import DenoiserConfig
    from sediff.findings import scp_codes
    from sediff.training.denoiser import Scaffolds, train_denoiser
    from sediff.training.prepare import concept_matrix, encode_all

    work, cache = arguments.work, arguments.work / "cache"
    data = load_data(arguments.data, work, arguments.test_fold)
    coder = _newest(work, "autoencoder")
    latents = cache / f"latents-{sha256(coder)[:12]}.npy"  # another autoencoder, other latents
    if not latents.is_file():
        model = _load_autoencoder(coder).to(arguments.device)
        np.save(latents, encode_all(model, data.low, arguments.device))
    parts = {
        name: np.load(cache / "scaffolds" / f"{name}.npy", mmap_mode="r")
        for name in ("numbers", "drafts", "marks", "powers")
    }
    scaffolds = Scaffolds(
        latent=np.load(latents),
        texts=np.load(cache / "texts.npy"),
        experience=np.load(cache / "experience.npy"),
        concepts=concept_matrix(data.table, scp_codes()),
        has_beats=parts["marks"].any(axis=(1, 2)),
        **parts,
    )
    config = DenoiserConfig(latent=scaffolds.latent.shape[1], concepts=len(scp_codes()))
    train = np.flatnonzero((data.part == "train") & data.clean)
    held = np.random.default_rng(0).permutation(np.flatnonzero((data.part == "held") & data.clean))
    # Shipped weights are a start only over the latents that they were trained on.
    shipped = ASSETS / "denoiser.safetensors"
    same = shipped.is_file() and sha256(coder) == sha256(ASSETS / "autoencoder.safetensors")
    train_denoiser(
        scaffolds,
        train,
        held,
        work,
        arguments.minutes,
        config,
        batch=arguments.batch,
        device=arguments.device,
        start=_tensors(shipped) if same else None,
        rate=_RATE_GOING_ON if same else _RATE,
        on_held=lambda model: save_part(work, "denoiser", model, config),
    )


def counts(arguments: Namespace) -> None:
    """Count again the real ECGs behind every finding: after a change of the vocabulary."""
    from sediff.assets import ASSETS, read_manifest, write_manifest
    from sediff.training.counts import finding_counts

    data = load_data(arguments.data, arguments.work, arguments.test_fold)
    table = pd.DataFrame(data.table.iloc[np.flatnonzero((data.part == "train") & data.clean)])
    manifest = read_manifest()
    manifest.pop("files")
    write_manifest(ASSETS, manifest | {"finding_counts": finding_counts(table)})


def vectors(arguments: Namespace) -> None:
    """Encode the library again with the shipped encoder: after a change of either."""
    from sediff.diffusion.text import TextEncoder
    from sediff.experience.corpus import build_corpus
    from sediff.experience.library import shipped_library
    from sediff.experience.vectors import write_vectors

    write_vectors(TextEncoder(), build_corpus(shipped_library()).texts)


def ship(arguments: Namespace) -> None:
    """Copy the weights to assets and write the manifest, with the figures in work/figures."""
    import shutil

    from sediff.assets import ASSETS, write_manifest
    from sediff.findings import scp_codes
    from sediff.training.counts import finding_counts

    data = load_data(arguments.data, arguments.work, arguments.test_fold)
    rows = np.flatnonzero((data.part == "train") & data.clean)
    stated = data.table["codes"].iloc[rows]
    stating = {code: int(stated.map(lambda s, c=code: c in s).sum()) for code in scp_codes()}
    own = {"text_encoder": arguments.work / "encoder"}  # the others lie in the work folder itself
    for name in ("autoencoder", "denoiser", "text_encoder"):
        made = own.get(name, arguments.work) / f"{name}.safetensors"
        if made.is_file():  # else it was not trained anew
            shutil.copyfile(made, ASSETS / made.name)
    curve = json.loads((arguments.work / "denoiser_curve.json").read_text())
    figures = {
        path.stem: json.loads(path.read_text())
        for path in sorted((arguments.work / "figures").glob("*.json"))
    }
    about = {
        "data": "PTB-XL 1.0.1/1.0.2 (Wagner et al. 2020, CC BY 4.0)",
        "split": {
            "train": f"folds 1-{arguments.test_fold - 1} without the held half of the last, "
            f"{len(rows)} records",
            "held": f"odd patients of fold {arguments.test_fold - 1}: choice of checkpoint",
            "test": f"fold {arguments.test_fold}",
        },
        "commands": [f"python -m sediff.training {stage}" for stage in STAGES],
        "text_encoder": "all-MiniLM-L6-v2 (Apache-2.0), fine-tuned on ECG language, half precision",
        "concepts": list(scp_codes()),
        "counts": stating,
        "finding_counts": finding_counts(pd.DataFrame(data.table.iloc[rows])),
        "curve": curve,
        "figures": figures,
    }
    write_manifest(ASSETS, about)


def text_encoder(arguments: Namespace) -> None:
    """Convert the published sentence encoder (`--wheel`) into assets."""
    from sediff.assets import ASSETS
    from sediff.training.text_encoder import convert

    convert(arguments.wheel, ASSETS)


def tune(arguments: Namespace) -> None:
    """Fine-tune the sentence encoder on ECG language, from what the work folder or assets hold."""
    from sediff.training.encoder_tuning import tune_for_ecg

    data = load_data(arguments.data, arguments.work, arguments.test_fold)
    table = pd.DataFrame(data.table.iloc[np.flatnonzero(data.part == "train")])
    tune_for_ecg(_encoder(arguments.work), table, arguments.minutes, arguments.work)


def _measured(arguments: Namespace, data: Data) -> list[dict]:
    from sediff.training.scaffold import measure_all

    return measure_all(data.low, arguments.work / "cache" / "measured.jsonl")


def _records(arguments: Namespace, data: Data):
    """The measured training records by finding, sex and age band."""
    from sediff.training.statistics import Records

    return Records(data.table, _measured(arguments, data), np.flatnonzero(data.part == "train"))


def _encoder(work: Path):
    """The text encoder of the work folder, else the shipped one."""
    from sediff.assets import ASSETS
    from sediff.diffusion.text import TextEncoder

    own = work / "encoder"
    return TextEncoder(own if own.is_dir() else ASSETS)


def _tensors(path: Path) -> dict:
    from safetensors.torch import load_file

    return {k: v.float() for k, v in load_file(path).items()}


def _newest(work: Path, name: str) -> Path:
    """The weights of the work folder, else the shipped ones."""
    from sediff.assets import ASSETS

    own = work / f"{name}.safetensors"
    return own if own.is_file() else ASSETS / own.name


def _load_autoencoder(path: Path):
    from sediff.diffusion.autoencoder import Autoencoder, AutoencoderConfig
    from sediff.diffusion.bundle import config_of

    model = Autoencoder(AutoencoderConfig(**config_of(path)))
    model.load_state_dict(_tensors(path))
    return model.eval()


# In the order in which they run.
STAGES: Mapping[str, Callable[[Namespace], None]] = {
    "text_encoder": text_encoder,
    "tune": tune,
    "autoencoder": autoencoder,
    "measurements": measurements,
    "statistics": statistics,
    "drafts": drafts,
    "texts": texts,
    "denoiser": denoiser,
    "counts": counts,
    "ship": ship,
    "vectors": vectors,
}
