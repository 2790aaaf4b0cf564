"""The library of teaching cases, and what is built on it: hand-outs, bundles, quizzes."""
