"""The heart: when each beat comes, what its waves look like, and the leads they make."""

from sediff.simulator.engine import simulate
from sediff.simulator.simulation import Beat, Simulation

__all__ = ["Beat", "Simulation", "simulate"]
