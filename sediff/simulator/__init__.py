"""The heart: when each beat comes, what its waves look like, and the leads they make."""

from sediff.beat import Beat
from sediff.simulator.engine import simulate
from sediff.simulator.simulation import Simulation

__all__ = ["Beat", "Simulation", "simulate"]
