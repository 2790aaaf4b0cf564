"""The text encoder: a BERT-family sentence encoder run through transformers, from `assets/`.

Weights: all-MiniLM-L6-v2 (Apache-2.0), stored in half precision. Embedding as its authors define
it: mean of the last layer over the tokens, then unit length (Reimers & Gurevych, EMNLP 2019).
"""

import re
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F

from sediff.assets import ASSETS, checked_file
from sediff.diffusion.bundle import load_weights

FOLDER = "text_encoder"
_TOKENS = 96  # the longest PTB-XL reports have about 90
# Stored reports carry the recorder's programme version and status behind the findings.
_MACHINE_NOTE = re.compile(r"\b4\.46\b.*$|\bedit:.*$|unbest.tigter bericht|^\W*|\s+(?=\s)", re.I)


def clean(report: str) -> str:
    """Lower-case a report and drop what the recorder added to it."""
    return _MACHINE_NOTE.sub("", report.lower().replace("\n", " ")).strip()


def mean_vector(vectors: Sequence[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    """The unit vector in the middle of several (384,); zeros where there is none."""
    if not len(vectors):
        return np.zeros(384, np.float32)
    mean = np.mean(vectors, axis=0)
    return mean / np.linalg.norm(mean)


class TextEncoder:
    """Turns reports into (n, 384) unit vectors.

    Attributes:
        model: the transformers BERT behind it.
    """

    def __init__(self, folder: Path = ASSETS) -> None:
        """Load config, tokenizer and weights from `folder`/text_encoder.

        Raises:
            WeightsError: a file is missing or damaged.
        """
        # Imported here: transformers takes a second, and the first page must not wait for it.
        from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

        weights = load_weights("text_encoder", folder)
        config = BertConfig.from_json_file(checked_file(f"{FOLDER}/config.json", folder))
        tokenizer = PreTrainedTokenizerFast(
            tokenizer_file=str(checked_file(f"{FOLDER}/tokenizer.json", folder)),
            pad_token="[PAD]",
        )
        model = BertModel(config, add_pooling_layer=False)
        model.load_state_dict(weights)
        self._take(model, tokenizer)

    @classmethod
    def of(cls, model: Any, tokenizer: Any) -> Self:
        """The same around another BERT of transformers and its tokenizer, to compare."""
        encoder = cls.__new__(cls)
        encoder._take(model, tokenizer)
        return encoder

    def _take(self, model: Any, tokenizer: Any) -> None:
        self.model, self._tokenizer = model.eval(), tokenizer
        self._lock = threading.Lock()  # a fast tokenizer must not be used by two threads at once

    @torch.no_grad()
    def embed(self, reports: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return (n, 384) float32 unit vectors, one a report."""
        return self.vectors(reports).float().numpy()

    def vectors(self, reports: Sequence[str]) -> Tensor:
        """The same as a tensor that carries gradient, for training."""
        with self._lock:
            batch = self._tokenizer(
                [clean(report) for report in reports],
                padding=True,
                truncation=True,
                max_length=_TOKENS,
                return_tensors="pt",
                return_token_type_ids=False,
            )
        mask = batch["attention_mask"]
        hidden = self.model(**batch).last_hidden_state
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return F.normalize(mean.float(), dim=1)


@lru_cache(maxsize=1)
def shared_encoder() -> TextEncoder:
    """The shipped encoder, loaded once a process; raises `WeightsError`."""
    return TextEncoder()
