"""Learns which statements go with the words of a report; part of `python -m sediff.training asked`.

What the denoiser trains on comes from networks that have not seen the record's patient, so that
it learns to trust the likelihoods as far as they hold in use.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional as F

from sediff.diffusion.likely import Likely, LikelyConfig, together

_PARTS = 4  # of the training patients; the likelihoods of each come from the others
_EPOCHS, _BATCH, _RATE = 12, 256, 3e-3
Floats = npt.NDArray[np.float32]


def fit_likely(
    texts: Sequence[Floats], read: Sequence[Floats], stated: Floats, seed: int = 0
) -> Likely:
    """Train one network.

    Args:
        texts: (n, 384) of each wording. read: (n, C) certainty of what the reader finds in it.
        stated: (n, C) 1 where the record carries the statement, however sure.
    """
    text = torch.from_numpy(np.concatenate(texts).astype(np.float32))
    known = torch.from_numpy(np.concatenate(read).astype(np.float32))
    target = torch.from_numpy(np.tile(stated > 0, (len(texts), 1)).astype(np.float32))
    with torch.random.fork_rng(devices=()):  # of the start and of what is dropped out
        torch.manual_seed(seed)
        model = Likely(LikelyConfig(concepts=stated.shape[1])).train()
        optimizer = torch.optim.AdamW(model.parameters(), lr=_RATE, weight_decay=1e-2)
        for epoch in range(_EPOCHS):
            for group in optimizer.param_groups:
                group["lr"] = _RATE * (1 - epoch / _EPOCHS)
            for rows in torch.randperm(len(text)).split(_BATCH):
                logits = model.logits(text[rows], known[rows])
                loss = F.binary_cross_entropy_with_logits(logits, target[rows], reduction="sum")
                optimizer.zero_grad()
                (loss / len(rows)).backward()
                optimizer.step()
    return model.eval()


def told_of_reports(
    texts: Sequence[Floats],
    read: Sequence[Floats],
    denied: Floats,
    stated: Floats,
    patients: npt.NDArray,
    train: npt.NDArray[np.int64],
) -> tuple[Likely, Floats]:
    """The network that ships, and what each record's own report tells: (n, C) certainty.

    Args:
        texts, read, stated: see `fit_likely`, of all records; the first wording is the report.
        denied: (n, C) 1 where the report denies. patients: (n,). train: rows that train.
    """

    def fitted(rows: npt.NDArray) -> Likely:
        return fit_likely([t[rows] for t in texts], [r[rows] for r in read], stated[rows])

    def likely(model: Likely, rows: npt.NDArray) -> Floats:
        own = (torch.from_numpy(x[rows].astype(np.float32)) for x in (texts[0], read[0]))
        return model(*own).numpy()

    whole = fitted(train)
    result = likely(whole, np.arange(len(stated)))
    part = np.asarray(patients).astype(int) % _PARTS
    for k in range(_PARTS):
        others, own = train[part[train] != k], train[part[train] == k]
        result[own] = likely(fitted(others), own)
    tensors = (torch.from_numpy(x.astype(np.float32)) for x in (read[0], result, denied))
    return whole, together(*tensors).numpy()
