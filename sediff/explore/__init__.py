"""Questions to several ECGs at once: sweeps, two side by side, one heart before and after."""
