"""The first true answer: 166 million PEN for 32 projects, announced, itemised, amended, corrected, asked again."""

from typing import Any

from tests.harness import Person, pen


def figures(balance: dict[str, Any], line: str) -> tuple[str, int]:
    return balance[line]["amount"]["amount"], balance[line]["projects"]


def test_an_announcement_is_all_remainder_until_it_is_itemised(secretary: Person) -> None:
    ministry = secretary.registers_organization()
    headline = {"amount": pen("166000000.00"), "projects": 32, "sectors": ["transport", "education"]}
    announced = secretary.registers_commitment(ministry, headline=headline)
    balance = secretary.sees(f"/commitments/{announced['id']}/balance")
    assert figures(balance, "headline") == figures(balance, "remainder") == ("166000000.00", 32)
    assert figures(balance, "itemised") == ("0.00", 0)


def test_every_moment_before_an_amendment_and_a_correction_still_answers_as_it_did(secretary: Person) -> None:
    ministry = secretary.registers_organization()
    headline = {"amount": pen("166000000.00"), "projects": 32}
    whole = secretary.registers_commitment(ministry, headline=headline)
    item = secretary.registers_commitment(ministry, part_of=whole["id"], sector="transport", amount=pen("12400000.00"))
    path, balance = f"/commitments/{item['id']}", f"/commitments/{whole['id']}/balance"
    amended = secretary.does(
        f"{path}/amend-amount", amount=pen("11900000.00"), reason="addendum", occurred_on="2019-05-02"
    )
    corrected = secretary.corrects(path, amended["position"], {"amount": pen("11800000.00")})

    def itemised(**when: Any) -> str:
        return figures(secretary.sees(balance, **when), "itemised")[0]

    assert itemised() == "11800000.00"
    assert itemised(at_position=corrected["position"] - 1) == "11900000.00"
    assert itemised(at_position=item["position"]) == "12400000.00"
    assert itemised(valid_at="2019-05-01") == "12400000.00"
    assert itemised(valid_at="2019-05-02", at_position=amended["position"]) == "11900000.00"
    assert secretary.get(balance, valid_at="2018-07-24").status_code == 404
