"""Stages that compare: what each part of the training, and each condition, is worth."""

import json
from argparse import Namespace

import numpy as np

from sediff.training.inputs import (
    constraints_of,
    held_rows,
    load_data,
    newest,
    scaffolds_of,
    tensors_of,
)

_RATE = 7e-4  # as of the denoiser from scratch


def ablation(arguments: Namespace) -> None:
    """Train the variants of the ablation from nothing for `--steps`; those that are there stay."""
    import torch

    from sediff.diffusion.bundle import save_part
    from sediff.diffusion.denoiser import DenoiserConfig
    from sediff.findings import scp_codes
    from sediff.training.ablation import SIZES, VARIANTS
    from sediff.training.denoiser import train_denoiser

    data = load_data(arguments.data, arguments.work, arguments.test_fold)
    _, scaffolds = scaffolds_of(arguments, data)
    config = DenoiserConfig(latent=scaffolds.latent.shape[1], concepts=len(scp_codes()), **SIZES)
    train, held = np.flatnonzero((data.part == "train") & data.clean), held_rows(data)
    for name in arguments.variants or VARIANTS:
        variant, folder = VARIANTS[name], arguments.work / "ablation" / name
        if (folder / "denoiser.safetensors").is_file():
            continue
        torch.manual_seed(0)  # the same start and, but for what the constraints draw, noise
        folder.mkdir(parents=True, exist_ok=True)
        print(variant.label, flush=True)
        constraints = variant.constraints and constraints_of(
            arguments.work, arguments.device, variant.constraints == "ours"
        )
        model = train_denoiser(
            scaffolds,
            train,
            held,
            folder,
            arguments.minutes,
            config,
            batch=arguments.batch,
            device=arguments.device,
            rate=_RATE,
            constraints=constraints or None,
            told=variant.told,
            steps=arguments.steps,
        )
        save_part(folder, "denoiser", model.to("cpu"), config)


def worth(arguments: Namespace) -> None:
    """What each condition is worth: held loss of the newest denoiser without it."""
    from sediff.diffusion.bundle import config_of
    from sediff.diffusion.denoiser import Denoiser, DenoiserConfig
    from sediff.training.ablation import without
    from sediff.training.denoiser import held_loss

    data = load_data(arguments.data, arguments.work, arguments.test_fold)
    _, scaffolds = scaffolds_of(arguments, data)
    path = newest(arguments.work, "denoiser")
    model = Denoiser(DenoiserConfig(**config_of(path))).eval()
    model.load_state_dict(tensors_of(path))
    left_out: tuple[tuple[str, ...], ...] = (
        (), ("experience",), ("text",), ("concepts",), ("experience", "text", "concepts"),
        ("draft", "marks"),
    )  # fmt: skip
    result = {
        how: {
            " ".join(names) or "nothing": round(
                held_loss(
                    model, scaffolds, held_rows(data), arguments.device, without(*names), share
                ),
                5,
            )
            for names in left_out
        }
        for how, share in (("told the statements", 0.0), ("told as asked", 1.0))
    }
    print(json.dumps(result, indent=1))
    (arguments.work / "figures" / "worth.json").write_text(json.dumps(result, indent=1))
