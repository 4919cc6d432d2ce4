"""The shipped catalogue, and its way from sources to Parquet."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from registry.__main__ import main
from registry.catalogue import PARQUET, SOURCE, read_parquet, read_sources, write_parquet
from registry.errors import CatalogueDamaged, CatalogueMissing
from registry.exploring.filters import is_match
from registry.initiative import Initiative
from registry.places import Places
from registry.values import Basis
from registry.vocabulary import Vocabulary

# The survey report's two lists of what can spread, the Örebro project's, and Finsam: by the names in the order.
INITIATIVES = """
Idéburet offentligt partnerskap|Arbetsintegrerande sociala företag|Blå Vägen|Urkraft|SAFE|Framtidsspår|Jobbsprånget|
Introduktionsutbildningar|Korta kombinationsutbildningar|Bilda|Stadsmissionen|Medskapandebyrån i Gällivare|
Jämlik hälsa på Lindängen|Brukarstyrd mötesplats i Göteborg|FVO:s AI-projekt|SkillLab|MyDreamNow|Conecto|Välfärdsguiden|
Massvis|Sociala utfallskontrakt|Neighbourhood/Goalpeople|Inlandskommunernas lärcentrum|Kultur på recept|Unghästen|
Söndagskul|Unga som mentorer inom digital inkludering|Youth Guarantee|Unga In|SIKT|Marykedjan|Impact i Timrå|Reg ExPro|
C-sam|Stöd- och återhämtningscenter i Eksjö|Samverkan för social innovation i Örebro län|
Partnerskapet för sociala innovationer|Pilotverkstäder|Samhällssamtal|Pensionär på skolan|
Föräldraskapsstöd i högre årskurser|Fysisk aktivitet|Samordningsförbund (Finsam)|Samordningsförbund i kluster
""".replace("\n", "").split("|")
APART = [
    "Better Society Capital",
    "InvestEU",
    "Coompanion",
    "Mikrofonden",
    "Mötesplats Social Innovation",
    "Campus-satelliter",
]


@pytest.mark.parametrize("name", INITIATIVES)
def test_holds_every_initiative_of_the_sources(shipped: list[Initiative], name: str) -> None:
    """Each is a match in itself, with everyday situations, target groups or a word that none is known, and sources."""
    [record] = [r for r in shipped if r.name.startswith(name) and is_match(r)]
    assert len(record.situations) >= 4
    assert record.target_groups or record.doubts
    assert record.themes
    assert any(statement.basis is not Basis.EDITORIAL for statement in record.statements)


@pytest.mark.parametrize("name", APART)
def test_shows_support_and_models_apart(shipped: list[Initiative], name: str) -> None:
    """What is not an initiative is there, but not offered as one."""
    [record] = [r for r in shipped if r.name.startswith(name)]
    assert not is_match(record)


def test_thin_records_say_so(shipped: list[Initiative]) -> None:
    """Where sources only name an initiative, its doubts are shown."""
    for record in shipped:
        if is_match(record) and len(record.situations) <= 6:
            assert record.doubts, record.id


def test_parquet_and_sources_agree(vocabulary: Vocabulary, places: Places, shipped: list[Initiative]) -> None:
    """The shipped file is compiled from the sources as they are."""
    records, problems = read_sources(SOURCE, vocabulary, places)
    assert problems == []
    assert records == shipped


def test_parquet_is_the_same_bytes_each_time(shipped: list[Initiative], tmp_path: Path) -> None:
    """Compiling twice gives one file, and reading it loses nothing."""
    write_parquet(shipped[::-1], tmp_path / "a.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == PARQUET.read_bytes()
    assert read_parquet(tmp_path / "a.parquet") == shipped


def test_missing_and_damaged_files_are_named(tmp_path: Path) -> None:
    """A file that is not there and one that is broken are told apart."""
    with pytest.raises(CatalogueMissing):
        read_parquet(tmp_path / "saknas.parquet")
    (tmp_path / "trasig.parquet").write_bytes(b"PAR1 and nothing more")
    with pytest.raises(CatalogueDamaged):
        read_parquet(tmp_path / "trasig.parquet")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with one valid source."""
    shutil.copy(SOURCE / "massvis.yaml", tmp_path / "massvis.yaml")
    return tmp_path


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("target_groups", ["okänd_grupp"], "target_groups: okänt värde: okänd_grupp"),
        ("id", "annat-id", "id: ska vara filens namn"),
        ("contact_function", "anna@kommun.se", "contact_function: innehåller en e-postadress"),
        ("summary", None, "summary: "),
        ("statements", [], "saknar uppgift om grund"),
    ],
)
def test_check_says_file_field_and_reason(
    source: Path, capsys: pytest.CaptureFixture[str], field: str, value: object, reason: str
) -> None:
    """A record that breaks a rule is refused with where and why."""
    record = yaml.safe_load((source / "massvis.yaml").read_text(encoding="utf-8")) | {field: value}
    if field == "target_groups":
        statement = {"field": field, "claim": "x", "basis": "redaktionell bedömning", "date": "2026-11-22"}
        record["statements"] = [s for s in record["statements"] if "target" not in s["field"]] + [statement]
    (source / "massvis.yaml").write_text(yaml.safe_dump(record, allow_unicode=True), encoding="utf-8")
    assert main(["compile", "--source", str(source), "--parquet", str(source / "ut.parquet")]) == 1
    error = capsys.readouterr().err
    assert "massvis.yaml" in error
    assert reason in error
    assert not (source / "ut.parquet").exists()


def test_check_says_where_parquet_and_sources_differ(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A source changed after compiling is named, with the field."""
    target = str(source / "ut.parquet")
    assert main(["compile", "--source", str(source), "--parquet", target]) == 0
    assert main(["check", "--source", str(source), "--parquet", target]) == 0
    text = (source / "massvis.yaml").read_text(encoding="utf-8")
    (source / "massvis.yaml").write_text(text.replace("name: Massvis", "name: Massvis 2"), encoding="utf-8")
    assert main(["check", "--source", str(source), "--parquet", target]) == 1
    assert "massvis: olika: name" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["csv", "json", "parquet"])
def test_export(tmp_path: Path, ending: str) -> None:
    """The published records are written in the format the file's name asks for."""
    target = tmp_path / f"ut.{ending}"
    assert main(["export", str(target)]) == 0
    assert target.stat().st_size > 10_000


def test_wrong_use_is_one_line_and_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown format or command is said in one line."""
    assert main(["export", str(tmp_path / "ut.docx")]) == 2
    with pytest.raises(SystemExit) as stop:
        main(["fel"])
    assert stop.value.code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 2


def test_csv_neutralises_formulas(make: Callable[..., Initiative]) -> None:
    """A cell that a spreadsheet could run gets an apostrophe in front."""
    from registry.exporting.exports import as_csv

    text = as_csv([make(name="=HYPERLINK(1)", summary="@cmd")])
    assert ";'=HYPERLINK(1);" in text
    assert ";'@cmd;" in text
