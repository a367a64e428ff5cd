"""The command line says how it does what a sentence of the core asks for."""

import json

import pytest

from screener.cli.hints import _BY_KIND, _BY_STEP
from screener.consensus.merging.findings import Step
from screener.model import ErrorKind

TA = ("--stage", "title-abstract")


def settle(verdict, *more):
    return ("resolve", "review.screener", "3", verdict, *TA, "--why", "w", *more)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (settle("include", "--by", "Nobody"), ErrorKind.NOBODY),
        (("reviewers", "review.screener", "remove", "Maya"), ErrorKind.STAYS),
        (("undo", "review.screener"), ErrorKind.NOT_UNDONE),
        (settle("exclude", "--by", "Maya"), ErrorKind.AGREED_OTHERWISE),
    ],
)
def test_a_refusal_names_the_command_or_option(run, folder, words, kind):
    if kind is ErrorKind.AGREED_OTHERWISE:
        assert run(*settle("include", "--by", "Maya"))[0] == 0
    if kind is ErrorKind.NOT_UNDONE:
        assert run("protocol", "review.screener", "--from", "protocol.toml")[0] == 0
        assert run("open", "review.screener", "--stage", "full-text")[0] == 0
    status, _, err = run(*words)
    assert status == 1
    assert err.rstrip().endswith(f"On the command line: {_BY_KIND[kind]}."), err


def test_a_file_that_is_refused_names_the_option_in_text_and_in_json(run, folder, tmp_path):
    assert run("new", tmp_path / "other.screener", "--title", "Another")[0] == 0
    words = ("merge", "review.screener", "--into", tmp_path / "new.screener")
    status, out, err = run(*words, "--json")
    assert status == 1
    ending = f"On the command line: {_BY_STEP[Step.TAKE_PROJECT]}."
    assert err.rstrip().endswith(ending)
    assert json.loads(out)["problems"][0]["message"].endswith(ending)
