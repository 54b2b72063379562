"""The language server, driven over standard input and output as an editor does."""

import asyncio
import json
import shutil
from functools import wraps

import pytest
from client import Editor, changed, position
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from offsetcheck.api.rules import check_rules
from offsetcheck.ground.bundled import bundled
from offsetcheck.workshop.rule_tests import failures, run_examples

FLOOR = "rules/permanence/storage_floor.yaml"
TURKU = "rules/cities/turku.yaml"
FIELDS = "rules/fields/candidate.yaml"


@pytest.fixture(scope="module")
def loop():
    loop = asyncio.new_event_loop()
    yield loop
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


@pytest.fixture(scope="module")
def shared(loop, tmp_path_factory):
    """One server for all tests that save nothing; each closes what it opened."""
    root = tmp_path_factory.mktemp("shared")
    shutil.copytree(bundled("rules"), root / "rules")
    editor = Editor(root)
    editor.loop = loop
    loop.run_until_complete(editor.__aenter__())
    loop.run_until_complete(editor.checked())
    yield editor
    loop.run_until_complete(editor.__aexit__())


@pytest.fixture
def editor(shared):
    yield shared
    shared.close_all()


def driven(test):
    """Run a test that waits for answers, with the editor that all share."""

    @wraps(test)
    def run(editor):
        editor.loop.run_until_complete(test(editor))

    return run


@pytest.fixture
def root(tmp_path):
    shutil.copytree(bundled("rules"), tmp_path / "rules")
    return tmp_path


def path_of(editor, uri):
    return editor.root / uri.removeprefix(f"{editor.root.as_uri()}/")


async def rename(editor, path, spot, new):
    params = types.RenameParams(editor.named(path), spot, new)
    return await editor.client.text_document_rename_async(params)


@driven
async def test_a_problem_is_told_while_it_is_typed_and_goes_when_it_is_mended(editor):
    """A field that is not there is underlined where it stands; written right, nothing is."""
    editor.open(FLOOR)
    assert await editor.problems(FLOOR) == ()
    right = editor.texts[FLOOR]
    editor.type_at(FLOOR, "requires: monitoring_year", "z")
    (problem,) = await editor.problems(FLOOR, len)
    assert "there is no field `monitoring_yearzs`" in problem.message
    assert "did you mean `monitoring_years`?" in problem.message
    assert problem.severity == types.DiagnosticSeverity.Error
    start = editor.at(FLOOR, "monitoring_yearzs")
    assert problem.range == types.Range(
        start, types.Position(start.line, start.character + len("monitoring_yearzs"))
    )
    (made,) = problem.related_information
    assert made.location.uri == editor.uri(FIELDS)
    editor.write(FLOOR, right)
    assert await editor.problems(FLOOR, lambda found: not found) == ()


@driven
async def test_what_is_told_is_what_a_check_finds_with_its_id(editor):
    """A remark of a check of the whole folder comes with the id of the check."""
    editor.open(FLOOR)
    text = editor.texts[FLOOR].replace("code: PER-02\n", "code: PER-03\n")
    editor.write(FLOOR, text)
    problems = await editor.problems(FLOOR, len)
    assert all(problem.source == "offsetcheck" for problem in problems)
    assert [problem.code for problem in problems] == ["rules.code_twice"]


@driven
async def test_a_broken_text_has_one_problem_and_answers_go_on(editor):
    """While brackets are open the file has one problem, and completion and hover still answer."""
    editor.open(FLOOR)
    editor.type_at(FLOOR, "effective: ", "[")
    problems = await editor.problems(FLOOR, len)
    assert len(problems) == 1
    assert problems[0].message.startswith("this is not YAML")
    spot = editor.at(FLOOR, "monitoring_years >=", 2)
    params = types.HoverParams(editor.named(FLOOR), spot)
    assert await editor.client.text_document_hover_async(params) is not None


@driven
async def test_fields_codes_parameters_and_keys_are_offered_where_they_can_stand(editor):
    """What is offered fits the place: names in expressions, codes in quotes, words, keys."""
    editor.open(FLOOR)
    editor.write(
        FLOOR,
        editor.texts[FLOOR].replace(
            "requires: monitoring_years >= $min_storage_years",
            "requires: project_type = 'win' AND mon >= $m",
        ),
    )
    assert "wind" in await editor.complete(FLOOR, "project_type = 'win")
    names = await editor.complete(FLOOR, "AND mon")
    assert names["monitoring_years"].kind == types.CompletionItemKind.Field
    assert "monitoring" in names["monitoring_years"].documentation
    assert names["years_between"].kind == types.CompletionItemKind.Function
    parameters = await editor.complete(FLOOR, ">= $m")
    assert parameters["$min_storage_years"].documentation == "Shortest term"
    assert {"gate", "cap"} <= set(await editor.complete(FLOOR, "effect: "))
    assert "icvcm-af" in await editor.complete(FLOOR, "{guide: ")
    sentence = await editor.complete(FLOOR, "Storage is monitored for {")
    assert "monitoring_years" in sentence
    assert "year" in await editor.complete(FLOOR, "unit: ")
    given = await editor.complete(FLOOR, "given: {")
    assert "project_type" in given
    assert "wind" in await editor.complete(FLOOR, "given: {project_type: ")


@driven
async def test_a_key_is_offered_where_a_line_begins(editor):
    """At the start of a line the keys that are not there yet are offered, with what they are for."""
    editor.open(FLOOR)
    editor.write(FLOOR, editor.texts[FLOOR].replace("curable: yes\n", "cur\n"))
    offered = await editor.complete(FLOOR, "\ncur")
    assert "curable" in offered
    assert "effect" not in offered
    assert offered["curable"].text_edit.new_text == "curable: "
    assert "mend" in offered["curable"].documentation


@driven
async def test_rules_and_parameters_are_offered_in_a_city(editor):
    """A city's change, adoption and undecided values are offered from the rules of the folder."""
    editor.open(TURKU)
    assert "permanence.buffer" in await editor.complete(TURKU, "- rule: ")
    undecided = await editor.complete(TURKU, "undecided:\n  - ")
    assert "vintage.age.max_age" in undecided
    assert "iclei_utmc_default" not in undecided


@driven
async def test_hover_tells_of_fields_parameters_guides_and_rules(editor):
    """Over a name stands what is known of it: title and unit, values by city, requirement."""
    editor.open(FLOOR)
    editor.open(TURKU)

    async def over(path, mark, shift=1):
        params = types.HoverParams(editor.named(path), editor.at(path, mark, shift))
        found = await editor.client.text_document_hover_async(params)
        return found.contents.value

    field = await over(FLOOR, "monitoring_years >=")
    assert "unit year" in field
    assert FLOOR.removeprefix("rules/") in field
    parameter = await over(FLOOR, "$min_storage_years", 3)
    assert "guide from 2023-07-27: `40`" in parameter
    assert "turku: not decided" in parameter
    assert "Core Carbon" in await over(FLOOR, "guide: icvcm-af", 8)
    assert "requires" in await over(TURKU, "rule: double_counting.city_inventory", 8)
    assert "Whether a bidder may still mend it" in await over(FLOOR, "curable:")


@driven
async def test_definitions_lead_to_where_a_name_is_made(editor):
    """From a parameter, a field, a guide and a rule id one comes to where each is made."""
    for path in (FLOOR, TURKU):
        editor.open(path)

    async def made(path, mark, shift):
        params = types.DefinitionParams(editor.named(path), editor.at(path, mark, shift))
        (place,) = await editor.client.text_document_definition_async(params)
        text = path_of(editor, place.uri).read_text("utf-8")
        return place.uri, text.split("\n")[place.range.start.line].strip()

    assert await made(FLOOR, ">= $min_storage_years", 6) == (
        editor.uri(FLOOR), "min_storage_years:",
    )  # fmt: skip
    assert await made(FLOOR, "monitoring_years >=", 3) == (
        editor.uri(FIELDS), "monitoring_years:",
    )  # fmt: skip
    assert (await made(FLOOR, "guide: icvcm-af", 9))[1] == "icvcm-af:"
    assert await made(TURKU, "rule: double_counting.city_inventory", 8) == (
        editor.uri("rules/double_counting/city_inventory.yaml"),
        "id: double_counting.city_inventory",
    )
    assert (await made(TURKU, "residual.share.cap", 3))[1] == "cap:"


@driven
async def test_references_name_every_file_that_speaks_of_a_field(editor):
    """The places of a field are those that the texts of the folder hold."""
    editor.open(FLOOR)
    spot = editor.at(FLOOR, "monitoring_years >=", 3)
    context = types.ReferenceContext(include_declaration=False)
    params = types.ReferenceParams(context, editor.named(FLOOR), spot)
    found = await editor.client.text_document_references_async(params)
    files = {place.uri for place in found}
    assert editor.uri(FLOOR) in files
    assert editor.uri("rules/words/fi/fields.yaml") in files
    for place in found:
        row = path_of(editor, place.uri).read_text("utf-8").split("\n")[place.range.start.line]
        at = len(row.encode("utf-16-le")[: place.range.start.character * 2]) // 2
        assert row[at:].startswith("monitoring_years")


@driven
async def test_a_field_is_renamed_in_every_file_and_the_folder_still_holds(editor):
    """Expressions, examples, lookups, sentences and translations follow; no problem comes of it."""
    editor.open(FIELDS)
    old, new = "durability_years", "years_stored"
    spot = editor.at(FIELDS, f"\n{old}:", 3)
    prepared = await editor.client.text_document_prepare_rename_async(
        types.PrepareRenameParams(editor.named(FIELDS), spot)
    )
    assert prepared.start == editor.at(FIELDS, f"\n{old}:", 1)
    edit = await rename(editor, FIELDS, spot, new)
    assert len(edit.changes) > 5
    copy = editor.root / "renamed"
    shutil.copytree(editor.root / "rules", copy)
    for uri, edits in edit.changes.items():
        path = copy / path_of(editor, uri).relative_to(editor.root / "rules")
        path.write_text(changed(path.read_text("utf-8"), edits), "utf-8")
    checked = check_rules(copy)
    assert checked.errors == 0
    assert new in checked.rulebook.dictionary.candidate
    assert old not in checked.rulebook.dictionary.candidate
    before = check_rules(bundled("rules"))
    assert len(checked.problems) == len(before.problems)
    assert failures(run_examples(checked.rulebook)) == ()


@driven
async def test_a_key_of_a_lookup_keeps_the_column_of_its_table(editor):
    """Where a field is a key of a table, the lookup says from which field the column is found."""
    editor.open(FIELDS)
    spot = editor.at(FIELDS, "\ndeveloper_key:", 3)
    edit = await rename(editor, FIELDS, spot, "developer_plain")
    text = changed(editor.texts[FIELDS], edit.changes[editor.uri(FIELDS)])
    assert "keys: {developer_key: developer_plain}" in text


@driven
async def test_what_cannot_be_renamed_is_refused_in_our_words(editor):
    """A field that the program or a registry's list names, a taken name and no name are refused."""
    editor.open(FIELDS)
    for mark, new, why in (
        ("\nvintage:", "year_of_issue", "read by offsetcheck itself"),
        ("\nissued:", "units_issued", "lists of registries fill"),
        ("\ndurability_years:", "issued", "there is a field `issued` already"),
        ("\ndurability_years:", "Years stored", "cannot be the name of a field"),
    ):
        with pytest.raises(JsonRpcException, match=why):
            await rename(editor, FIELDS, editor.at(FIELDS, mark, 3), new)


@driven
async def test_examples_show_what_came_out_of_them(editor):
    """Behind each example stands whether it holds, and after a change what came out instead."""
    editor.open(FLOOR)
    hints = await hints_until(editor, FLOOR, lambda hints: hints and hints[0].label == "✓ pass")
    assert hints[0].position.line == editor.at(FLOOR, "- name: forty").line
    text = editor.texts[FLOOR].replace("monitoring_years: 40}", "monitoring_years: 12}")
    editor.write(FLOOR, text)
    hints = await hints_until(editor, FLOOR, lambda hints: hints[0].label.startswith("✗"))
    assert "came out fail" in hints[0].label
    assert hints[1].label == "✓ fail"


async def hints_until(editor, path, fits):
    """Return what stands behind the examples of a file once it fits."""
    whole = types.Range(types.Position(0, 0), types.Position(99, 0))
    params = types.InlayHintParams(editor.named(path), whole)
    while True:
        hints = await editor.client.text_document_inlay_hint_async(params)
        if fits(hints):
            return hints
        await editor.checked(editor.refreshed + 1)


@driven
async def test_a_hint_becomes_an_action(editor):
    """“Did you mean” is offered as a change that writes the word."""
    editor.open(FLOOR)
    editor.type_at(FLOOR, "effect: c", "q")
    (problem,) = await editor.problems(FLOOR, len)
    context = types.CodeActionContext(diagnostics=[problem])
    params = types.CodeActionParams(editor.named(FLOOR), problem.range, context)
    (action,) = await editor.client.text_document_code_action_async(params)
    text = changed(editor.texts[FLOOR], action.edit.changes[editor.uri(FLOOR)])
    assert "effect: cap\n" in text


@driven
async def test_the_outline_names_parameters_and_examples(editor):
    """The outline of a rule holds its keys, and below them parameters and examples."""
    editor.open(FLOOR)
    params = types.DocumentSymbolParams(editor.named(FLOOR))
    found = await editor.client.text_document_document_symbol_async(params)
    by_name = {symbol.name: symbol for symbol in found}
    assert [c.name for c in by_name["parameters"].children][-1] == "min_storage_years"
    assert by_name["tests"].children[0].name == "forty years meet the floor"


@driven
async def test_text_that_is_not_saved_counts_for_other_files(editor):
    """A field that is added and not saved is known in a rule; taken back, it is not."""
    editor.open(FIELDS)
    editor.open(FLOOR)
    added = "\nquiet_years:\n  type: number\n  unit: year\n  title: {en: Quiet years}\n"
    editor.write(FIELDS, editor.texts[FIELDS] + added)
    editor.type_at(FLOOR, "requires: ", "quiet_years >= 1 AND ")
    await editor.problems(FLOOR, lambda found: not any("no field" in p.message for p in found))
    assert "quiet_years" in await editor.complete(FLOOR, "requires: quiet_y")


@driven
async def test_columns_are_counted_as_the_client_counts_them(editor):
    """Signs that take two units of UTF-16 before a name do not move what is underlined."""
    editor.open(FLOOR)
    text = editor.texts[FLOOR].replace("Storage is monitored for {", "🌲🌲 Storage {q}{")
    editor.write(FLOOR, text)
    problem = (await editor.problems(FLOOR, len))[0]
    assert "{q}" in problem.message
    assert problem.range.start == position(text, text.index("{q}") + 1)


@driven
async def test_files_of_no_rule_folder_are_nobodys(editor):
    """A file outside the rule folder, a hidden one and one elsewhere get no answer."""
    others = ("notes.yaml", "rules/.hidden/x.yaml", str(editor.root.parent / "elsewhere.yaml"))
    for path in others:
        (editor.root / path).parent.mkdir(exist_ok=True)
        (editor.root / path).write_text("requires: x\n", "utf-8")
        editor.open(path)
        params = types.HoverParams(editor.named(path), types.Position(0, 2))
        assert await editor.client.text_document_hover_async(params) is None
    assert {editor.uri(path) for path in others} & set(editor.found) == set()


@driven
async def test_a_file_that_another_program_writes_is_read_again(editor):
    """What a program beside the editor writes counts, and so does its end."""
    path = "rules/permanence/copy_of_floor.yaml"
    (editor.root / path).write_text("id: permanence.copy_of_floor\n", "utf-8")
    event = types.FileEvent(editor.uri(path), types.FileChangeType.Created)
    params = types.DidChangeWatchedFilesParams([event])
    editor.client.workspace_did_change_watched_files(params)
    assert await editor.problems(path, len)
    (editor.root / path).unlink()
    editor.client.workspace_did_change_watched_files(params)
    assert not await editor.problems(path, lambda found: not found)


@driven
async def test_hostile_texts_leave_the_server_answering(editor):
    """Whatever a file holds, the next request is answered."""
    editor.open(FLOOR)
    right = editor.texts[FLOOR]
    for text in (
        "", "\x00\x07", "[" * 5000, "a: &x [*x]\n", "- 1\n", "id: {a: {b: " * 300,
        "x" * 1_200_000, "applies_when: " + "(" * 3000, "tests: [[[], {}], 3]\nparameters: 7\n",
        "change: [7]\nparameters: {1: 2}\nsays: {en: {requires: '{'}}\nsubject: [x]\n",
        "\ud83c: 1", "requires: |\n", "? [a, b]\n: c\n",
    ):  # fmt: skip
        editor.write(FLOOR, text.encode("utf-8", "replace").decode())
        params = types.DocumentSymbolParams(editor.named(FLOOR))
        await editor.client.text_document_document_symbol_async(params)
        for line in (0, 1, 500):
            spot = types.Position(line, 3)
            named = editor.named(FLOOR)
            await editor.client.text_document_completion_async(types.CompletionParams(named, spot))
            await editor.client.text_document_hover_async(types.HoverParams(named, spot))
    editor.write(FLOOR, right)
    assert await editor.problems(FLOOR, lambda found: not found) == ()


def test_settings_name_the_command_that_serves(root):
    """The settings that are written start the server that these tests drive."""
    from offsetcheck.api.editor import prepare_editor

    prepare_editor(root)
    settings = json.loads((root / ".vscode" / "settings.json").read_text("utf-8"))
    assert settings["glspc.server.command"] == "offsetcheck"
    assert settings["glspc.server.commandArguments"] == ["lsp"]
