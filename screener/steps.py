"""The steps of a review, which nothing below knows all of, put together for consensus."""

from __future__ import annotations

from screener.answers.forms import Forms
from screener.consensus.consensus import ConsensusStage
from screener.consensus.merging.unclosed import Reader
from screener.model import Stage
from screener.protocol.protocol import ProtocolVersions
from screener.screening.stages import Stages
from screener.screening.step import ScreeningStep
from screener.store.file import File
from screener.units.units import Units


def over_all_steps(
    file: File, units: Units, protocol: ProtocolVersions, forms: Forms, reader: Reader
) -> ConsensusStage:
    """Return where the units of a file stand, from what the steps of screening and forms say."""
    first, second = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
    stages = Stages(file, units, lambda: consensus.passed(first))
    steps = [
        ScreeningStep(stage, file, units, protocol, stages, held_back=held_back)
        for stage, held_back in (
            (first, lambda _: set()),
            (second, lambda only: consensus.held_back(first, only)),
        )
    ]
    consensus: ConsensusStage = ConsensusStage(file, units, [*steps, *forms.steps()], reader)
    return consensus
