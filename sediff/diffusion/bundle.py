"""The weights that ship: safetensors files, checked against the manifest."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save_file
from torch import nn

from sediff.assets import ASSETS, checked_file
from sediff.errors import WeightsError


def save_part(folder: Path, name: str, model: nn.Module, config: Any) -> Path:
    """Write one model as half-precision safetensors with its sizes in the header.

    Half precision halves the download; the models run in float32.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.safetensors"
    tensors = {k: v.detach().half().contiguous() for k, v in model.state_dict().items()}
    save_file(tensors, path, metadata={"config": json.dumps(asdict(config))})
    return path


def config_of(path: Path) -> dict[str, Any]:
    """The sizes that `save_part` wrote into the header of `path`, lists as tuples."""
    with safe_open(path, "pt") as file:
        config = json.loads(file.metadata()["config"])
    return {k: tuple(v) if isinstance(v, list) else v for k, v in config.items()}


def load_weights(name: str, folder: Path = ASSETS) -> dict[str, torch.Tensor]:
    """Read the tensors of one part after checking its sha256; float32.

    Raises:
        WeightsError: the file is missing, damaged, or not the one the manifest names.
    """
    path = checked_file(f"{name}.safetensors", folder)
    try:
        return {k: v.float() for k, v in load_file(path).items()}
    except SafetensorError as error:
        raise WeightsError(f"The weight file {path} is damaged: restore it.") from error
