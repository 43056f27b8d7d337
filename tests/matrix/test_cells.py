"""What may stand in a cell: what reads in one way is taken, what reads in two is refused."""

from typing import get_args

import pytest

from domain.commitment.types import CommitmentKind, Role, Status
from domain.errors import DomainError
from roundtable.matrix import cells, errors
from roundtable.matrix.columns import COLUMNS, HEADERS, KINDS, NAMES, ROLES, STATES, plain
from roundtable.matrix.exports import headers
from roundtable.matrix.files import Matrix, written
from roundtable.matrix.words import joined, split
from tests.matrix.sheets import lines, sheet


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234567.89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("1.234.567,89", "1234567.89"),
        ("1 234 567,89", "1234567.89"),
        ("1\u00a0234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("12,50", "12.50"),
        ("12.5", "12.5"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1234,567", "1234.567"),
        ("0", "0"),
        ("007", "7"),
    ],
)
def test_an_amount_that_reads_in_one_way_is_taken(text: str, amount: str) -> None:
    assert cells.amount("amount", text) == amount


@pytest.mark.parametrize("text", ["1,234", "1.234", "999.999", "12,000"])
def test_an_amount_that_reads_in_two_ways_is_refused_with_both(text: str) -> None:
    with pytest.raises(errors.AmountAmbiguous) as refused:
        cells.amount("amount", text)
    whole, part = text.replace(",", ".").split(".")
    assert {refused.value.values["one"], refused.value.values["other"]} == {whole + part, f"{whole}.{part}"}


@pytest.mark.parametrize("text", ["-5", "(1,200.50)", "12.50-", "− 3"])
def test_a_negative_amount_is_refused_as_such(text: str) -> None:
    with pytest.raises(errors.AmountNegative):
        cells.amount("amount", text)


@pytest.mark.parametrize("text", ["S/ 100", "12,34,56", "1.23.456", "1,234.567,8", "a", "1e6", "٣", "12 34", "."])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(errors.AmountUnreadable):
        cells.amount("amount", text)


@pytest.mark.parametrize(
    ("text", "found"),
    [("2018-07-25", "2018-07-25"), ("25/07/2018", "2018-07-25"), ("5/7/2018", "2018-07-05"), ("2018-07", "2018-07")],
)
def test_a_day_is_iso_or_as_written_in_peru(text: str, found: str) -> None:
    assert cells.partial_day("occurred_on", text) == found


@pytest.mark.parametrize("text", ["31/02/2018", "07/25/2018", "2018-13", "25-07-2018", "25/07/18", "43306", "ayer"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(errors.DayUnreadable):
        cells.partial_day("occurred_on", text)


@pytest.mark.parametrize("text", ["2018", "2018-07"])
def test_a_deadline_is_a_whole_day(text: str) -> None:
    with pytest.raises(errors.DayUnreadable):
        cells.day("deadline", text)


def test_a_territory_says_whose_code_it_is() -> None:
    assert cells.territories("t", "PE-UBIGEO-INEI:080707 | LOCAL:x:1") == [
        {"system": "PE-UBIGEO-INEI", "code": "080707"},
        {"system": "LOCAL:x", "code": "1"},
    ]
    with pytest.raises(errors.TerritoryUnlabelled):
        cells.territories("t", "080707")


def test_who_answers_is_written_with_role_and_share() -> None:
    assert cells.answering("r", "MTC [lead 60%] | MEF [apoyo] | GORE [40%] | MUNI") == [
        {"organization": "MTC", "role": "lead", "share": 60},
        {"organization": "MEF", "role": "support", "share": None},
        {"organization": "GORE", "role": "lead", "share": 40},
        {"organization": "MUNI", "role": "lead", "share": None},
    ]
    with pytest.raises(errors.WordUnknown):
        cells.answering("r", "MTC [jefe 60%]")
    with pytest.raises(errors.PartsUnreadable):
        cells.answering("r", "MTC [lead")


@pytest.mark.parametrize("parts", [["a"], ["a|b", "c\\", "d"], ["\\", "|"], ["a\nb", "=c"]])
def test_a_list_in_a_cell_is_read_as_it_was_written(parts: list[str]) -> None:
    assert split(joined(parts)) == parts


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "''@x", "-5", "'a", "'", "", "a;b", 'say "so"', "two\nlines", "+"])
def test_a_cell_is_read_as_it_was_written_and_no_spreadsheet_runs_it(text: str) -> None:
    content = "".join(written([{"code": "C", "statement": text}], headers("en")))
    [found] = Matrix(content.encode()).rows()
    assert found.cells.get("statement", "") == text
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in content.splitlines()[1].split(","))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_separators_and_the_mark_of_utf_8_are_found_out(separator: str, mark: str) -> None:
    content = mark.encode() + lines([["Código", "FECHA LÍMITE", "monto_aprobado"], ["C", "2020", "1,5"]], separator)
    matrix = Matrix(content)
    assert matrix.columns == ["code", "deadline", "approved"]
    assert [row.cells for row in matrix.rows()] == [{"code": "C", "deadline": "2020", "approved": "1,5"}]


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    matrix = Matrix(lines([["code", "title"], ["A", "two\r\nlines"], ["", ""], ["B", "x"]]))
    assert [(row.number, row.cells["code"]) for row in matrix.rows()] == [(2, "A"), (4, "B")]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", errors.MatrixUnreadable),
        (b" \n", errors.MatrixUnreadable),
        ("code,título\n".encode("latin-1"), errors.MatrixUnreadable),
        ("code,title\n".encode("utf-16"), errors.MatrixUnreadable),
        (b"title\nA\n", errors.ColumnMissing),
    ],
)
def test_a_file_that_is_no_matrix_is_refused(content: bytes, problem: type[DomainError]) -> None:
    with pytest.raises(problem):
        Matrix(content)


@pytest.mark.parametrize("content", [b'code,title\nA,"open\n', b"code,title\nA," + b"x" * 200_000])
def test_a_row_that_cannot_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(errors.MatrixUnreadable):
        list(Matrix(content).rows())


def test_columns_have_names_of_their_own_in_both_languages() -> None:
    for column in COLUMNS:
        for name in (column.name, *column.es):
            assert HEADERS[plain(name)] == column.name
    assert list(headers("en")) == list(NAMES)
    assert Matrix(sheet(dict.fromkeys(headers("es"), "x"))).columns == list(NAMES)


def test_every_kind_state_and_role_has_a_spanish_word() -> None:
    assert list(KINDS) == list(get_args(CommitmentKind))
    assert list(STATES) == [*Status]
    assert list(ROLES) == get_args(Role)[-1].json_schema["enum"]
    assert all(words and all(words) for table in (KINDS, STATES, ROLES) for words in table.values())
