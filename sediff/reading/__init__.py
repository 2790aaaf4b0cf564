"""Blind reading: clinicians rate real and synthetic ECGs without knowing which is which."""
