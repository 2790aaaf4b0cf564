"""Findings that are known by name but not drawn yet, and those too vague to be drawn.

They are reported as such and never mapped to something else.
"""

from sediff.findings.finding import Finding

# (id, name, family, further English, German)
_ROWS = (
    ("bundle_branch_block", "bundle branch block", "conduction", ("bundle block",),
     ("schenkelblock",)),
    ("av_block", "AV block", "conduction", ("heart block", "AVB"), ("AV-Blockierung",)),
    ("myocarditis", "myocarditis", "repolarisation", (), ("myokarditis",)),
    ("digitalis_toxicity", "digoxin toxicity", "rhythm", ("digitalis toxicity",),
     ("digitalisintoxikation",)),
)  # fmt: skip

RECOGNISED = tuple(
    Finding(id, name, family, english=english, german=german, drawable=False)
    for id, name, family, english, german in _ROWS
)
