"""Draws with other weights than the shipped ones, told less: rivals and rows of the ablation."""

from collections.abc import Sequence
from copy import copy
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sediff.diffusion.bundle import config_of
from sediff.diffusion.denoiser import Denoiser, DenoiserConfig
from sediff.diffusion.generator import Generator, shared_generator
from sediff.errors import WeightsError
from sediff.pipeline import plan
from sediff.simulator import simulate
from sediff.spec import Request
from sediff.training.ablation import VARIANTS
from sediff.training.inputs import tensors_of


def variant_file(work: Path, name: str) -> Path:
    """Where `python -m sediff.training ablation` leaves the weights of a row of `VARIANTS`."""
    return work / "ablation" / name / "denoiser.safetensors"


def draw_variant(requests: Sequence[Request], work: Path, name: str) -> npt.NDArray[np.float32]:
    """(n, 8, 5000) mV of one variant, each from pure noise with the seed of its request.

    Raises:
        WeightsError: it was not trained yet.
    """
    path = variant_file(work, name)
    if not path.is_file():
        raise WeightsError(f"{path} is missing: run python -m sediff.training ablation first.")
    specs = [plan(request) for request in requests]
    generator = with_denoiser(path)
    return generator.draw(specs, [simulate(s) for s in specs], told=VARIANTS[name].told)


@lru_cache(maxsize=4)
def with_denoiser(path: Path) -> Generator:
    """The shipped generator around the denoiser in `path`."""
    generator = copy(shared_generator())
    denoiser = Denoiser(DenoiserConfig(**config_of(path)))
    denoiser.load_state_dict(tensors_of(path))
    generator.denoiser = denoiser.eval()
    return generator
