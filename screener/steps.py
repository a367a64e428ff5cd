"""The steps of a file, stages of screening and forms, and the consensus that works over them."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from screener.answers.forms import Forms
from screener.consensus.consensus import ConsensusStage
from screener.model import Stage
from screener.protocol.protocol import ProtocolVersions
from screener.screening.stages import Stages
from screener.screening.step import ScreeningStep
from screener.store.file import File
from screener.studies.studies import Studies
from screener.units.units import Units

if TYPE_CHECKING:
    from screener.consensus.merging.unclosed import Reader
    from screener.consensus.standing import Standing


def consensus(
    file: File, units: Units, protocol: ProtocolVersions, forms: Forms, reader: Reader
) -> ConsensusStage:
    """Return where the units of a file stand, from what its steps say.

    `reader` gives the standings of another file, of which a merge makes sure.
    """
    first, second = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
    stages = Stages(file, units, lambda: found.passed(first))
    steps = [
        ScreeningStep(stage, file, units, protocol, stages, held_back=held_back)
        for stage, held_back in (
            (first, lambda _: set()),
            (second, lambda only: found.held_back(first, only)),
        )
    ]
    found: ConsensusStage = ConsensusStage(file, units, [*steps, *forms.steps()], reader)
    return found


def read_standings(file: File) -> tuple[Standing, ...]:
    """Return where the subjects of every step of a file stand, as its pages read it, this once.

    Of removed forms too. The file's own listeners, and what follows them, are left as they are.
    """
    once = copy(file)
    once.listeners, once.kept = [], {}
    units = Units(once)
    forms = Forms(once, Studies(once, units, lambda: found))
    found: ConsensusStage = consensus(once, units, ProtocolVersions(once), forms, read_standings)
    once.covered = lambda step, of: found.at(step).coverage.covers(once.reviewer, of)
    found.follow_forms(forms.ever())
    return found.standings()
