"""The steps of a file, stages of screening and forms, and the consensus that works over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screener.answers.forms import Forms
from screener.consensus.consensus import ConsensusStage
from screener.model import Stage
from screener.protocol.protocol import ProtocolVersions
from screener.screening.stages import Stages
from screener.screening.step import ScreeningStep
from screener.store.file import File
from screener.units.units import Units

if TYPE_CHECKING:
    from screener.consensus.merging.unclosed import Reader


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
