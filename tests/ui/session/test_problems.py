"""A problem report: versions, the last steps, where it happened; never a word of a record."""

from ui.session.problems import STEPS, Steps, report, versions


def failed(words):
    try:
        raise RuntimeError(words)
    except RuntimeError as error:
        return error


def test_versions_name_the_program_python_and_qt():
    assert versions().startswith("Screener ")
    assert ", Python 3." in versions()
    assert ", Qt 6." in versions()


def test_a_report_names_the_error_and_the_place_not_its_words():
    text = report(failed("Peer support by smartphone"), Steps())
    assert "RuntimeError" in text
    assert "in failed" in text
    assert "Peer support" not in text


def test_a_report_names_the_last_steps_without_what_follows_a_colon():
    steps = Steps()
    for number in range(STEPS + 5):
        steps.note(f"step-{number}:A title")
    text = report(None, steps)
    assert "step-24" in text
    assert "step-4\n" not in text
    assert "A title" not in text
