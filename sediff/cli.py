"""The shell: the same functions as the app, `python -m sediff generate|simulate|measure`."""

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from sediff.errors import RequestError, SediffError
from sediff.spec import Request, parse_st

_NUMBERS = (
    "age",
    "heart_rate",
    "pr_ms",
    "qrs_ms",
    "qt_ms",
    "axis_deg",
    "p_mv",
    "t_mv",
    "adherence",
)
_MAX_COUNT = 1000


class _Parser(argparse.ArgumentParser):
    """One sentence on a wrong call instead of the whole usage."""

    def error(self, message: str) -> Any:
        self.exit(2, f"{message[:1].upper()}{message[1:]}: see {self.prog} --help.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0; 1 when something asked for could not be made; 2 when the call itself is wrong.
    """
    parser = _Parser(prog="python -m sediff", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    for name, text in (
        ("generate", "make ECGs with the model, steered by the simulator"),
        ("simulate", "make ECGs with the simulator alone"),
    ):
        _add_request_options(commands.add_parser(name, help=text))
    measure = commands.add_parser("measure", help="measure a 12-lead ECG from a file")
    measure.add_argument(
        "file", help="WFDB record with or without extension, CSV, EDF, DICOM or our JSON"
    )
    measure.add_argument("--beats", action="store_true", help="also list every beat, in ms")
    _add_validate_options(
        commands.add_parser("validate", help="judge every finding by its criteria")
    )
    _add_experience_options(
        commands.add_parser("experience", help="search what practice knows of such an ECG")
    )
    _add_evaluate_options(
        commands.add_parser("evaluate", help="write the benchmark: the model on unseen patients")
    )
    parsed = parser.parse_args(arguments)
    run = {
        "measure": _measure,
        "validate": _validate,
        "experience": _experience,
        "evaluate": _evaluate,
    }.get(parsed.command, _make)
    try:
        return run(parsed)
    except SediffError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; nothing half-written was left.", file=sys.stderr)
        return 130


def _add_request_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report", nargs="?", help="what the ECG shows, English or German")
    for name in _NUMBERS:
        parser.add_argument("--" + name.replace("_", "-"), type=float)
    parser.add_argument("--sex", choices=("female", "male"))
    parser.add_argument("--st-mv", type=str, help="for example V2=0.3,V3=0.4")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=1, help="ECGs, with the seeds that follow")
    parser.add_argument("--steps", type=int, help="sampling steps")
    parser.add_argument(
        "--candidates", type=int, default=1, help="make so many of each and keep the best"
    )
    parser.add_argument("--out", type=Path, help="folder; with --requests an .npz file")
    parser.add_argument(
        "--format",
        default="wfdb,csv",
        help="separated by commas: wfdb, csv, edf, dicom, mat, npz, json, pdf, png, svg",
    )
    parser.add_argument("--page", default="A4", help="of a PDF: A4 or Letter")
    parser.add_argument("--requests", type=Path, help="file with one JSON object a line")
    parser.add_argument("--table", type=Path, help="CSV with a column 'report', one ECG a row")


def _add_validate_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--simulated-only", action="store_true", help="without the model")
    parser.add_argument("--seeds", type=int, default=5, help="cases a stage")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")


def _add_experience_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="?", help="report or question, English or German")
    parser.add_argument("--queries", type=Path, help="file with one query a line")
    parser.add_argument("--json", action="store_true", help="print JSON, one object a query")


def _add_evaluate_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--split", default="fold9", help="fold9, or fold10 of the full PTB-XL")
    parser.add_argument("--out", type=Path, required=True, help="folder of the report")
    parser.add_argument("--count", type=int, help="requests; left out: the whole fold")
    parser.add_argument("--seeds", type=int, default=3, help="sampling seeds")
    parser.add_argument("--work", type=Path, default=Path("runs"), help="folder of the cache")
    parser.add_argument(
        "--parts", default="signal,features,diagnosis,privacy", help="parts, separated by commas"
    )
    parser.add_argument("--data", help="PTB-XL folder")
    parser.add_argument(
        "--synthetic", type=int, default=2000,
        help="training requests for the test 'trained on synthetic'; 0 leaves it out",
    )  # fmt: skip


def _evaluate(parsed: argparse.Namespace) -> int:
    from sediff.evaluation.benchmark.run import Options, evaluate

    parts = tuple(part.strip() for part in parsed.parts.split(",") if part.strip())
    names = ("split", "count", "seeds", "work", "data", "synthetic")
    given = {name: getattr(parsed, name) for name in names}
    count = "" if parsed.count is None else f" --count {parsed.count}"
    command = (
        f"python -m sediff evaluate --split {parsed.split} --out REPORT_DIR{count} "
        f"--seeds {parsed.seeds} --parts {','.join(parts)} --synthetic {parsed.synthetic}"
    )
    print(evaluate(Options(out=parsed.out, parts=parts, command=command, **given)))
    return 0


def _experience(parsed: argparse.Namespace) -> int:
    from sediff.experience.shell import run

    return run(parsed.query, parsed.queries, parsed.json)


def _validate(parsed: argparse.Namespace) -> int:
    from sediff.criteria.validate import good, table, validate
    from sediff.pipeline import generate_many, simulate_only

    if not 1 <= parsed.seeds <= _MAX_COUNT:
        raise RequestError(f"The seeds must be between 1 and {_MAX_COUNT}, not {parsed.seeds}.")
    makers: dict[Any, Any] = {
        "simulated": lambda requests: [(m.spec, m.measured) for m in map(simulate_only, requests)]
    }
    if not parsed.simulated_only:
        makers["generated"] = lambda requests: [
            (m.spec, m.measured) for m in generate_many(requests)
        ]
    result = validate(makers, parsed.seeds, _progress)
    print(json.dumps(result, indent=2) if parsed.json else table(result))
    return 0 if good(result) else 1


def _request(parsed: argparse.Namespace) -> Request:
    values = {name: getattr(parsed, name) for name in _NUMBERS}
    st_mv = parse_st(parsed.st_mv) if parsed.st_mv else ()
    return Request(report=parsed.report, sex=parsed.sex, st_mv=st_mv, seed=parsed.seed, **values)


def _maker(parsed: argparse.Namespace, on_step: Callable[[int, int], None] | None) -> Any:
    from sediff import pipeline

    if parsed.command == "simulate":
        return lambda requests: [pipeline.simulate_only(r) for r in requests]
    if parsed.candidates != 1:
        return lambda requests: [
            pipeline.generate(r, steps=parsed.steps, candidates=parsed.candidates, on_step=on_step)
            for r in requests
        ]
    return lambda requests: pipeline.generate_many(requests, steps=parsed.steps, on_step=on_step)


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {total}", end="\n" if done >= total else "", file=sys.stderr)


def _make(parsed: argparse.Namespace) -> int:
    if parsed.requests is not None or parsed.table is not None:
        return _make_many(parsed)
    if parsed.report is None:
        raise RequestError("Write the report in quotes, or name a file with --table or --requests.")
    if not 1 <= parsed.count <= _MAX_COUNT:
        raise RequestError(f"The count must be between 1 and {_MAX_COUNT}, not {parsed.count}.")
    first = _request(parsed)
    formats = _formats(parsed)
    make = _maker(parsed, _progress)
    for i in range(parsed.count):
        made = make([replace(first, seed=first.seed + i)])[0]
        print(json.dumps(_summary(made, parsed, formats), ensure_ascii=False))
    return 0


def _summary(made: Any, parsed: argparse.Namespace, formats: list[str]) -> dict[str, Any]:
    from sediff.export import export
    from sediff.measure import as_json

    folder = parsed.out or Path("out")
    stem = f"ecg-{made.spec.seed}"
    files = export(made.ecg, made.spec, folder, stem, formats, page=parsed.page)
    return {
        "files": [str(path) for path in files],
        "how": made.ecg.provenance["how"],
        "seed": made.spec.seed,
        "findings": [vars(source) for source in made.findings],
        "asked": [vars(row) for row in made.compared()],
        "criteria": [asdict(verdict) for verdict in made.verdicts],
        "mimicked": [verdict.name for verdict in made.mimicked],
        "conflicts": list(made.spec.conflicts),
        "measured": as_json(made.measured),
        "notes": list(made.notes),
        "seconds": made.seconds,
        "mark": made.ecg.provenance["mark"],
    }


def _make_many(parsed: argparse.Namespace) -> int:
    from sediff import batch_shell

    make = _maker(parsed, None)
    if parsed.table is not None:
        return batch_shell.table(parsed.table, parsed.out, make, _formats(parsed), parsed.page)
    return batch_shell.requests(parsed.requests, parsed.out, make)


def _formats(parsed: argparse.Namespace) -> list[str]:
    from sediff.export import check_formats

    formats = [part.strip() for part in parsed.format.split(",") if part.strip()]
    if not formats:
        raise RequestError("Name at least one format with --format.")
    check_formats(formats)
    return formats


def _measure(parsed: argparse.Namespace) -> int:
    from sediff.imports import read_path
    from sediff.measure import as_json, measure
    from sediff.measure.json_form import beats_json

    measured = measure(read_path(parsed.file).ecg)
    found = as_json(measured)
    if parsed.beats:
        found["beats"] = beats_json(measured)
    with contextlib.suppress(BrokenPipeError):
        print(json.dumps(found, indent=2, ensure_ascii=False))
    return 0
