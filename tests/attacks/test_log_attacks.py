"""Every attack on the log by its number, and the tests that show what becomes of it.

What each finding means is told in docs/verifying.md. A08d is the known limit: it is not found, and a test says so.
Erasing a person's texts (A17) has no command yet, so it cannot be attacked.
"""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
REWRITING, WITNESSES = "attacks/test_rewriting.py", "attacks/test_witnesses.py"
PARSING, OPERATING = "attacks/test_parsing.py", "attacks/test_operating.py"
ATTACKS = {
    "A00 clean log": [
        f"{REWRITING}::test_a_clean_log_is_proven_however_often_it_is_exported",
        f"{OPERATING}::test_a_log_is_proven_without_the_project_and_without_a_network",
        "verify/test_attacks.py::test_a_clean_log_is_proven",
    ],
    "A01 edit one event": [
        f"{REWRITING}::test_an_edited_column_is_named_with_its_entry",
        f"{REWRITING}::test_an_edit_of_any_event_is_named_even_of_those_about_the_log_itself",
        f"{REWRITING}::test_an_edit_into_what_no_entry_can_hold_is_named_too",
    ],
    "A02 edit, and make all hashes anew": [
        f"{REWRITING}::test_an_edit_with_all_hashes_made_anew_leads_to_no_signed_root"
    ],
    "A03 and sign with the key of the log": [
        f"{REWRITING}::test_a_history_signed_anew_gets_no_cosignature_and_is_not_proven",
        f"{REWRITING}::test_a_longer_history_that_forgets_is_refused_by_its_proof",
    ],
    "A04a cut the end, keep the checkpoint": [
        f"{REWRITING}::test_a_cut_tail_is_missed_by_the_checkpoint_that_was_kept"
    ],
    "A04b show an older genuine state to somebody who remembers": [
        f"{REWRITING}::test_an_older_genuine_state_is_a_rollback_or_at_least_stale"
    ],
    "A04c show it to somebody who does not": [
        f"{REWRITING}::test_an_older_genuine_state_is_a_rollback_or_at_least_stale"
    ],
    "A05 remove from the middle": [
        f"{REWRITING}::test_a_removed_event_leads_to_another_root",
        f"{REWRITING}::test_a_removed_event_is_found_even_where_the_witnesses_were_bought",
    ],
    "A06 exchange two events": [f"{REWRITING}::test_exchanged_events_lead_to_another_root"],
    "A07 backdate before the last event": [f"{REWRITING}::test_a_fact_dated_before_its_predecessor_is_found"],
    "A07b backdate before the last heartbeat": [
        f"{REWRITING}::test_a_fact_dated_before_a_heartbeat_that_did_not_know_it_is_found"
    ],
    "A08 fork for a second auditor": [
        f"{REWRITING}::test_a_second_history_for_a_second_auditor_lacks_the_honest_witnesses"
    ],
    "A08b with one corrupt witness": [
        f"{REWRITING}::test_a_second_history_for_a_second_auditor_lacks_the_honest_witnesses"
    ],
    "A08c with two, before somebody who remembers": [
        f"{REWRITING}::test_with_two_corrupt_witnesses_it_takes_memory_to_see_the_fork"
    ],
    "A08d with two, and no memory: not found": [
        f"{REWRITING}::test_the_known_limit_two_corrupt_witnesses_and_no_memory_are_not_detected"
    ],
    "A09 frozen": [f"{WITNESSES}::test_a_frozen_log_is_stale"],
    "A10 another log": [f"{WITNESSES}::test_a_log_of_another_name_is_not_this_one"],
    "A11 one cosignature several times": [f"{WITNESSES}::test_a_cosignature_given_three_times_counts_once"],
    "A11b one key twice in the policy": [f"{WITNESSES}::test_a_key_under_two_names_is_no_quorum"],
    "A12 mutated proofs": [
        f"{PARSING}::test_every_mutation_of_a_receipt_is_refused",
        "verify/test_merkle.py::test_every_leaf_is_proven_and_every_mutation_of_its_proof_refused",
        "verify/test_merkle.py::test_every_older_tree_is_proven_and_every_mutation_of_its_proof_refused",
    ],
    "A13 inner node as a leaf": [
        f"{PARSING}::test_an_inner_node_is_no_entry",
        "verify/test_merkle.py::test_an_inner_node_is_no_leaf",
    ],
    "A14 text about a person removed without a record": [
        f"{PARSING}::test_a_text_that_is_gone_without_an_erasure_on_record_is_named"
    ],
    "A15 texts exchanged": [f"{PARSING}::test_exchanged_texts_belong_to_nothing"],
    "A16 text altered": [f"{PARSING}::test_an_altered_text_is_not_the_one_that_was_sealed"],
    "A18 field hidden that is no text about people": [
        f"{PARSING}::test_a_field_that_is_no_text_about_people_cannot_be_hidden"
    ],
    "A19 read model edited": [
        f"{REWRITING}::test_an_edited_read_model_is_named_by_a_replay",
        "exports/test_replaying.py::test_a_damaged_row_is_named",
    ],
    "A20 foreign key of the same name": [f"{WITNESSES}::test_a_foreign_key_of_the_same_name_signs_nothing"],
    "A20b retired key": [f"{WITNESSES}::test_a_retired_key_signs_nothing_more"],
    "A21 key of low order": [
        "verify/test_notes.py::test_a_key_of_low_order_is_refused",
        "verify/test_policies.py::test_a_policy_with_a_key_of_low_order_is_refused",
        "verify/test_ed25519.py::test_all_fourteen_encodings_of_low_order_are_known",
    ],
    "A22 other spellings": [
        f"{PARSING}::test_a_checkpoint_in_another_spelling_is_not_read",
        "verify/test_notes.py::test_a_size_in_another_spelling_is_refused",
        "verify/test_notes.py::test_base_64_has_one_spelling",
        "verify/test_formats.py::test_an_entry_in_another_spelling_is_refused",
    ],
    "A23 entry too large": [
        "roundtable/test_recorder.py::test_an_event_beyond_60_kib_is_refused_and_nothing_is_recorded",
        "verify/test_formats.py::test_an_entry_larger_than_a_bundle_can_say_is_refused",
    ],
    "A24 keys given twice": [
        "verify/test_attacks.py::test_an_entry_that_cannot_be_read_is_a_finding_though_it_was_sealed"
    ],
    "A25 event without leaf, leaf without event": [
        f"{REWRITING}::test_an_event_without_a_leaf_or_a_leaf_without_an_event_is_named"
    ],
    "A26 entries that no witness saw": [f"{WITNESSES}::test_what_no_witness_has_seen_is_labelled_and_not_proven"],
    "A27 clock set back": [
        f"{OPERATING}::test_a_clock_set_back_is_not_recorded_with",
        "roundtable/test_recorder.py::test_nothing_is_recorded_under_a_clock_that_was_set_far_back",
    ],
    "A28 yesterday's backup": [
        f"{OPERATING}::test_after_yesterdays_backup_nothing_is_recorded_and_nothing_signed",
        "log/test_concurrency.py::test_an_installation_restored_from_an_older_backup_only_reads",
    ],
    "A29 second root at a size": [
        f"{OPERATING}::test_a_second_root_at_the_same_size_is_not_signed",
        "log/test_checkpoints.py::test_a_signer_refuses_what_does_not",
    ],
    "A30 eight processes": ["log/test_concurrency.py::test_eight_processes_record_and_sign_one_dense_log"],
    "A31 crash at every boundary": [
        f"{OPERATING}::test_at_whatever_commit_or_file_it_crashes_the_log_goes_on",
        "attacks/test_kill.py::test_what_was_acknowledged_survives_sigkill_exactly_once",
    ],
    "A32 witness asked out of order": [
        f"{WITNESSES}::test_a_witness_that_is_shown_an_older_tree_does_not_go_back",
        "witness/test_add_checkpoint.py::test_an_older_tree_that_was_checked_first_does_not_roll_the_memory_back",
        "witness/test_add_checkpoint.py::test_of_many_requests_at_once_one_is_signed",
    ],
    "A33 topic renamed in the code": [f"{OPERATING}::test_an_entry_whose_fact_no_code_knows_is_proven_like_the_others"],
    "A34 state at a size": [f"{OPERATING}::test_what_was_reported_at_a_size_is_what_its_entries_alone_lead_to"],
    "A35 any byte flipped": [
        f"{PARSING}::test_flips_in_a_real_export_are_found_and_crash_nothing",
        "verify/test_flips.py::test_a_flip_of_any_byte_of_the_archive_is_found_unless_the_files_in_it_are_the_same",
        "verify/test_flips.py::test_a_flip_in_any_file_is_found_even_if_the_manifest_is_made_to_fit",
    ],
    "A36 no network, no project": [
        f"{OPERATING}::test_a_log_is_proven_without_the_project_and_without_a_network",
        "verify/test_cli.py::test_one_file_and_any_python_are_enough",
    ],
}
WITHOUT = {"A17"}
"""Numbers that have no test: there is no command to attack yet."""


def test_every_number_has_its_tests() -> None:
    numbers = [name.split()[0] for name in ATTACKS]
    assert len(set(numbers)) == len(numbers)
    assert {number.rstrip("abcd") for number in numbers} == {f"A{n:02d}" for n in range(37)} - WITHOUT
    assert {"A04a", "A04b", "A04c", "A07b", "A08b", "A08c", "A08d", "A11b", "A20b"} <= set(numbers)


@pytest.mark.parametrize("name", ATTACKS)
def test_the_tests_of_an_attack_exist(name: str) -> None:
    assert ATTACKS[name]
    for place in ATTACKS[name]:
        file, _, test = place.partition("::")
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, place


@pytest.mark.parametrize("file", [REWRITING, WITNESSES, PARSING, OPERATING])
def test_every_test_of_an_attack_stands_under_its_numbers(file: str) -> None:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            said = re.findall(r"A\d\d[a-d]?", (ast.get_docstring(node) or "").partition(":")[0])
            listed = [name.split()[0] for name, places in ATTACKS.items() if f"{file}::{node.name}" in places]
            assert said == listed, node.name
