"""The generator: case specs and their simulations in, eight leads at 500 Hz out."""

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # idle threads must not spin on a busy server

import numpy as np
import numpy.typing as npt
import torch

from sediff.assets import ASSETS, read_manifest
from sediff.diffusion.autoencoder import (
    RATE_IN,
    RATE_OUT,
    TOKEN,
    Autoencoder,
    AutoencoderConfig,
)
from sediff.diffusion.bundle import config_of, load_weights
from sediff.diffusion.conditions import Conditions, numbers_of, one_condition
from sediff.diffusion.denoiser import Denoiser, DenoiserConfig
from sediff.diffusion.finish import grain_for
from sediff.diffusion.flow import Start, noise_for, sample
from sediff.diffusion.likely import Likely, LikelyConfig, together
from sediff.diffusion.recording import recording_of
from sediff.diffusion.text import TextEncoder, mean_vector, shared_encoder
from sediff.experience.compose import compose
from sediff.experience.implied import with_implied
from sediff.findings import FINDINGS, concepts
from sediff.report import read
from sediff.simulator import simulate
from sediff.simulator.simulation import Simulation
from sediff.spec import CaseSpec

# Chosen on held patients of fold 8 (`python -m sediff.evaluation guidance`): twenty steps guided
# all the way find a little more of what is stated (AUROC .918 against .912), and cost 2.7 times as
# much. Guidance 1 shows findings less; far above 2.5 ECGs are less varied than real ones.
DEFAULT_STEPS = 10
GUIDANCE = 2.5
GUIDED = (0.1, 0.6)  # share of the way from noise to ECG where guidance acts

_lock = threading.Lock()


class Generator:
    """Text encoder, denoiser and autoencoder, loaded once; safe to share between threads."""

    def __init__(self, folder: Path = ASSETS, device: str = "cpu") -> None:
        """Load the shipped weights.

        Raises:
            WeightsError: a file is missing or damaged.
        """
        self.device = device
        self.codes: tuple[str, ...] = tuple(read_manifest(folder).get("concepts", ()))
        names = ("autoencoder", "denoiser", "likely")
        weights = [load_weights(name, folder) for name in names]
        self.autoencoder = Autoencoder(
            AutoencoderConfig(**config_of(folder / "autoencoder.safetensors"))
        )
        self.autoencoder.load_state_dict(weights[0])
        self.denoiser = Denoiser(DenoiserConfig(**config_of(folder / "denoiser.safetensors")))
        self.denoiser.load_state_dict(weights[1])
        self.likely = Likely(LikelyConfig(**config_of(folder / "likely.safetensors"))).eval()
        self.likely.load_state_dict(weights[2])
        self.autoencoder.to(device).eval()
        self.denoiser.to(device).eval()
        self.text = shared_encoder() if folder == ASSETS else TextEncoder(folder)

    def condition(self, spec: CaseSpec, simulation: Simulation) -> Conditions:
        """What the denoiser is told of one case, whose simulation is that of `fuller`."""
        return one_condition(
            text=self._sentence(spec.report) if spec.report.strip() else None,
            concepts=self.statements(spec) or None,
            codes=self.codes,
            numbers=numbers_of(spec) | recording_of(spec.seed),
            draft=None if spec.adherence <= 0 else self._to_100hz(simulation.draft),
            beats=simulation.beats,
            lone_p=simulation.lone_p,
            experience=self._experience(self.fuller(spec)),
        )

    def fuller(self, spec: CaseSpec) -> CaseSpec:
        """The case with the findings that its words imply; itself where they imply none."""
        found = with_implied(spec, self.statements(spec))
        return spec if len(found) == len(spec.findings) else replace(spec, findings=found)

    def statements(self, spec: CaseSpec) -> dict[str, float]:
        """SCP code -> how sure what the case states is, and how likely what goes with its words."""
        stated = concepts(spec.findings)
        if not spec.report.strip():
            return stated
        return self._told(spec.report, tuple(stated.items()))

    @lru_cache(maxsize=512)  # noqa: B019  one generator a process, and asked twice for each case
    def _told(self, report: str, stated: tuple[tuple[str, float], ...]) -> dict[str, float]:
        denied = {c for one in read(report).negated for c in FINDINGS[one.id].scp}
        sure = dict(stated)
        known = torch.tensor([[sure.get(code, 0.0) for code in self.codes]])
        refused = torch.tensor([[float(code in denied) for code in self.codes]])
        likely = self.likely(torch.from_numpy(self._sentence(report))[None], known)
        told = together(known, likely, refused)[0].tolist()
        return dict(zip(self.codes, told, strict=True))

    def _experience(self, spec: CaseSpec) -> npt.NDArray[np.float32] | None:
        """The vector of the composed experience report, None where nothing is known."""
        sentences = compose(spec.findings, spec.age, spec.sex).sentences
        vectors = [self._sentence(sentence.text) for sentence in sentences]
        return mean_vector(vectors) if vectors else None

    @lru_cache(maxsize=2048)  # noqa: B019  one generator a process, and few different sentences
    def _sentence(self, text: str) -> npt.NDArray[np.float32]:
        return self.text.embed([text])[0]

    @torch.no_grad()
    def _to_100hz(self, eight: npt.NDArray) -> npt.NDArray[np.float32]:
        x = torch.from_numpy(np.ascontiguousarray(eight, np.float32))[None].to(self.device)
        return self.autoencoder.to_100hz(x)[0].cpu().numpy()

    @torch.no_grad()
    def draw(
        self,
        specs: Sequence[CaseSpec],
        simulations: Sequence[Simulation],
        steps: int = DEFAULT_STEPS,
        guidance: float = GUIDANCE,
        on_step: Callable[[int, int], None] | None = None,
        start: Sequence[float] | None = None,
        seeds: Sequence[int] | None = None,
        told: Callable[[Conditions], Conditions] | None = None,
        guided: tuple[float, float] = GUIDED,
    ) -> npt.NDArray[np.float32]:
        """Generate a batch.

        Args:
            specs, simulations: one of each an ECG.
            steps, guidance, on_step, guided: see `flow.sample`.
            start: per ECG how near to its simulation the flow begins, 0 (pure noise) .. 1.
            seeds: of the noise, None: each spec's own.
            told: leaves something out of the conditions, to compare; None: nothing.

        Returns:
            (B, 8, 5000) float32 mV at 500 Hz.
        """
        shown = [self._shown(a, b) for a, b in zip(specs, simulations, strict=True)]
        c = Conditions.stack([self.condition(a, b) for a, b in zip(specs, shown, strict=True)])
        c = c if told is None else told(c)
        tokens = c.draft.shape[2] // TOKEN
        seeds = list(seeds or [spec.seed for spec in specs])
        noise = noise_for(seeds, self.denoiser.config.latent, tokens)
        latent = sample(
            self.denoiser, c.to(self.device), noise.to(self.device), steps, guidance, on_step,
            self._start(shown, start), guided,
        )  # fmt: skip
        grain = grain_for(seeds, tokens * TOKEN * RATE_OUT // RATE_IN).to(self.device)
        return self.autoencoder.decode(latent, grain).cpu().numpy()

    def _shown(self, spec: CaseSpec, simulation: Simulation) -> Simulation:
        """The simulation of the fuller case."""
        fuller = self.fuller(spec)
        return simulation if fuller is spec else simulate(fuller)

    def _start(
        self, simulations: Sequence[Simulation], start: Sequence[float] | None
    ) -> Start | None:
        if start is None or not any(start):
            return None
        low = [self._to_100hz(simulation.bare) for simulation in simulations]
        latent = self.autoencoder.encode(torch.from_numpy(np.stack(low)).to(self.device))
        return Start(latent, torch.tensor(list(start), device=self.device))


@lru_cache(maxsize=1)
def _load() -> Generator:
    return Generator()


def shared_generator() -> Generator:
    """The one generator of this process, loaded at the first call; raises `WeightsError`."""
    with _lock:
        return _load()
