import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import wfdb

from sediff import assets, cli, pipeline
from sediff.export import FORMATS
from sediff.leads import LEADS


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    try:
        code = cli.main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_generate_writes_wfdb_and_csv_and_prints_what_was_measured(tmp_path, capsys):
    code, out, _ = run(
        capsys, "generate", "Sinus rhythm", "--age", "50", "--sex", "female", "--heart-rate", "66",
        "--st-mv", "V2=0.1", "--steps", "2", "--seed", "7", "--out", str(tmp_path),
    )  # fmt: skip
    assert code == 0
    printed = json.loads(out)
    assert {p.suffix for p in tmp_path.iterdir()} == {".hea", ".dat", ".csv"}
    record = wfdb.rdrecord(printed["files"][0].removesuffix(".hea").removesuffix(".dat"))
    assert tuple(record.sig_name) == LEADS
    assert "NOT FOR DIAGNOSIS" in " ".join(record.comments)
    assert printed["measured"]["heart_rate"]["unit"] == "bpm"


def test_count_uses_the_seeds_that_follow(tmp_path, capsys):
    code, out, _ = run(
        capsys, "simulate", "Sinus rhythm", "--count", "3", "--seed", "5", "--out", str(tmp_path)
    )
    assert code == 0
    assert [json.loads(line)["seed"] for line in out.splitlines()] == [5, 6, 7]


@pytest.mark.parametrize(
    "arguments",
    [
        ("generate", "AF", "--heart-rate", "900"),
        ("generate", "AF", "--age", "5"),
        ("generate", "x" * 100_000),
        ("generate",),
        ("generate", "AF", "--steps", "0"),
        ("generate", "AF", "--st-mv", "V2:1"),
        ("generate", "AF", "--count", "0"),
        ("generate", "AF", "--format", "doc"),
        ("generate", "AF", "--format", ","),
        ("simulate", "AF", "--format", "pdf", "--page", "A9"),
        ("generate", "--table", "missing.csv", "--out", "folder"),
        ("generate", "--table", "missing.csv"),
        ("generate", "--requests", "missing.jsonl", "--out", "a.npz"),
        ("measure", "missing-record"),
        ("generate", "AF", "--sex", "unknown"),
        ("nonsense",),
    ],
)
def test_bad_input_gets_one_sentence_and_no_file(arguments, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *arguments)
    assert code != 0
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err
    assert list(tmp_path.rglob("*.*")) == []


def test_requests_give_one_npz_and_bad_lines_are_told_by_number(tmp_path, capsys):
    lines = [
        '{"report": "Sinus rhythm", "heart_rate": 70, "seed": 1, "color": "red", "age": null}',
        "not json",
        '{"report": "AF", "heart_rate": 900}',
        '{"report": "atrial fibrillation and sinus rhythm", "st_mv": {"V2": 0.2}}',
        '{"heart_rate": 70}',
    ]
    source, target = tmp_path / "requests.jsonl", tmp_path / "out.npz"
    source.write_text("\n".join(lines) + "\n")
    code, _, err = run(
        capsys, "generate", "--requests", str(source), "--out", str(target), "--steps", "2"
    )
    assert code == 1
    for number in (2, 3, 5):
        assert f"Line {number}:" in err
    data = np.load(target)
    assert data["ecg_uv"].shape == (5, 12, 5000)
    assert data["ecg_uv"].dtype == np.int16
    assert data["ok"].tolist() == [True, False, False, True, False]
    assert not data["ecg_uv"][~data["ok"]].any()
    assert tuple(data["leads"]) == LEADS
    assert int(data["fs"]) == 500
    assert len(data["requests"]) == 5


def test_simulate_reads_the_same_request_files(tmp_path, capsys):
    source, target = tmp_path / "r.jsonl", tmp_path / "out.npz"
    source.write_text('{"report": "LBBB"}\n')
    code, *_ = run(capsys, "simulate", "--requests", str(source), "--out", str(target))
    assert code == 0
    assert np.load(target)["ok"].all()


def test_measure_reads_a_record_with_or_without_extension(tmp_path, capsys):
    run(capsys, "simulate", "Sinus rhythm", "--heart-rate", "75", "--out", str(tmp_path))
    record = str(tmp_path / "ecg-0")
    answers = [run(capsys, "measure", record + end) for end in ("", ".hea", ".dat")]
    assert {code for code, *_ in answers} == {0}
    assert len({out for _, out, _ in answers}) == 1
    found = json.loads(answers[0][1])
    assert abs(found["heart_rate"]["value"] - 75) < 1
    for name in ("heart_rate", "pr", "qrs", "qt", "qtc", "axis"):
        assert set(found[name]) == {"value", "unit", "status", "reason"}


def test_measure_takes_lead_names_in_any_case(tmp_path, capsys):
    run(capsys, "simulate", "Sinus rhythm", "--out", str(tmp_path), "--format", "wfdb")
    header = tmp_path / "ecg-0.hea"
    header.write_text(header.read_text().replace("aVR", "AVR").replace("aVL", "avl"))
    assert run(capsys, "measure", str(header))[0] == 0


@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_weights_that_are_not_whole_give_one_sentence(harm, tmp_path, capsys, monkeypatch):
    from sediff.diffusion import generator

    shutil.copytree(assets.ASSETS, tmp_path / "assets")
    weights = tmp_path / "assets" / "denoiser.safetensors"
    weights.unlink() if harm == "missing" else weights.write_bytes(weights.read_bytes()[:-100])
    monkeypatch.setattr(generator, "_load", lambda: generator.Generator(tmp_path / "assets"))
    out = tmp_path / "out"
    code, _, err = run(capsys, "generate", "Sinus rhythm", "--out", str(out))
    assert code == 1
    assert f"is {harm}" in err
    assert len(err.strip().splitlines()) == 1
    assert not out.exists()


def test_a_table_becomes_a_folder_with_a_manifest_and_bad_rows_are_told(tmp_path, capsys):
    source, folder = tmp_path / "cases.csv", tmp_path / "out"
    source.write_text("report,age,seed,ward\nSinus rhythm,50,4,7\nAF,5,,\n")
    code, out, err = run(
        capsys, "simulate", "--table", str(source), "--out", str(folder), "--format", "csv,dicom"
    )
    assert code == 1
    assert "Line 3: The age must be between" in err
    assert "mean nothing here: ward" in err
    assert "2 of 2" in err
    assert {p.name for p in folder.iterdir()} == {
        "ecg-0001.csv", "ecg-0001.dcm", "manifest.csv", "manifest.json"}  # fmt: skip
    told = json.loads(out)
    assert (told["made"], told["failed"]) == (1, 1)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert [row["line"] for row in manifest["rows"]] == [2, 3]
    assert manifest["rows"][0]["seed"] == 4


def test_a_stopped_table_says_so_and_leaves_only_whole_files(tmp_path, capsys, monkeypatch):
    source, folder = tmp_path / "cases.csv", tmp_path / "out"
    source.write_text("report\n" + "Sinus rhythm\n" * 9)
    made, calls = pipeline.simulate_only, []

    def stopped(request):
        calls.append(request)
        if len(calls) > 6:
            raise KeyboardInterrupt
        return made(request)

    monkeypatch.setattr(pipeline, "simulate_only", stopped)
    code, out, err = run(
        capsys, "simulate", "--table", str(source), "--out", str(folder), "--format", "npz"
    )
    assert (code, out) == (130, "")
    assert "Stopped" in err
    assert sorted(p.name for p in folder.iterdir()) == [
        *(f"ecg-000{i}.npz" for i in (1, 2, 3, 4)), "manifest.csv", "manifest.json"]  # fmt: skip
    assert json.loads((folder / "manifest.json").read_text())["complete"] is False


def test_every_format_can_be_made_and_those_that_can_be_opened_measure_alike(tmp_path, capsys):
    code, out, _ = run(
        capsys, "simulate", "Sinus rhythm", "--heart-rate", "75", "--out", str(tmp_path),
        "--format", ",".join(FORMATS), "--page", "Letter",
    )  # fmt: skip
    assert code == 0
    assert [Path(name).suffix for name in json.loads(out)["files"]] == [
        ".hea", ".dat", ".csv", ".edf", ".dcm", ".mat", ".npz", ".json", ".pdf", ".png", ".svg",
    ]  # fmt: skip
    answers = [run(capsys, "measure", str(tmp_path / f"ecg-0.{ending}"))
               for ending in ("hea", "csv", "dcm", "json")]  # fmt: skip
    assert {code for code, *_ in answers} == {0}
    assert len({out for _, out, _ in answers}) == 1
    code, out, _ = run(capsys, "measure", str(tmp_path / "ecg-0.edf"))
    assert json.loads(out)["heart_rate"] == json.loads(answers[0][1])["heart_rate"]
    code, out, err = run(capsys, "measure", str(tmp_path / "ecg-0.png"))
    assert (code, out) == (1, "")
    assert len(err.strip().splitlines()) == 1
