"""The review with everything long, which the walks over all pages go through."""

from __future__ import annotations

import pytest

from tests.ui.window import scenes


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Its project; every test works on a copy of the folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(tmp_path_factory.mktemp("home-of-long")))
        folder = tmp_path_factory.mktemp("long")
        scenes.write_forms(folder)
        return scenes.write_review(folder)
