"""The cases that come with the app: `python -m sediff.cases build [--only SLUG ...]`.

`texts` writes the sentences of the sources to the cases as they are, and draws nothing.
"""

import argparse
from collections.abc import Sequence

from sediff.cases.build import SEEDS, Tried, build, read_sources, ship
from sediff.errors import DataError, SediffError


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw, check and write the cases; returns how many the shell should call failed, 0 or 1."""
    parser = argparse.ArgumentParser(prog="python -m sediff.cases", description=__doc__)
    parser.add_argument("what", choices=["build", "texts"])
    parser.add_argument("--only", nargs="+", metavar="SLUG", help="the others stay as they are")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how many to try for a case")
    given = parser.parse_args(arguments)
    try:
        if given.what == "texts":
            return _texts()
        return _build(given.only, given.seeds)
    except SediffError as error:
        parser.exit(2, f"{error}\n")


def _build(only: Sequence[str] | None, seeds: int) -> int:
    sources = read_sources()
    unknown = set(only or ()) - {one.slug for one in sources}
    if unknown:
        raise DataError(f"There is no case {sorted(unknown)[0]!r} in the sources.")
    wanted = [one for one in sources if not only or one.slug in only]
    ship([], sources)  # what is damaged there is told before minutes of drawing
    print(f"{'case':28}{'seed':>6}  {'criteria':>8}  result")
    cases = build(wanted, _tell, seeds)
    count = ship(cases, sources)
    print(f"{len(cases)} of {len(wanted)} made; {count} cases are shipped.")
    return int(len(cases) < len(wanted))


def _texts() -> int:
    print(f"{ship([], read_sources())} cases are shipped.")
    return 0


def _tell(tried: Tried) -> None:
    checks = [o.met for verdict in tried.made.verdicts for o in verdict.outcomes]
    share = f"{checks.count(True)}/{len(checks)}"
    result = "; ".join(tried.why) or "good"
    print(f"{tried.source.slug:28}{tried.seed:>6}  {share:>8}  {result}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
