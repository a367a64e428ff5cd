"""CPU and memory of the finder on generated records, from 1,000 to 100,000.

Aims: 10,000 records in 4 CPU seconds and 100 MB, 50,000 in 25 and 250 MB, growing no faster than
n log n. Every size runs in a process of its own; the time is that of finding, without starting up.
With a number as argument, only that size runs.
"""

from __future__ import annotations

import math
import random
import resource
import subprocess
import sys
import time

from screener.duplicates.finder import find
from screener.units.candidate import Candidate

SIZES = (1_000, 3_000, 10_000, 30_000, 50_000, 100_000)
AIMS = {10_000: (4.0, 100), 50_000: (25.0, 250)}
DOUBLED = 0.25
SOUNDS = "ba be bo da de do fa fi ga go ka ke ki la le lo ma mi mo na ne no pa pe ra re ro"
SYLLABLES = SOUNDS.split()


def main() -> int:
    late = 0
    first = None
    for size in SIZES:
        ran = subprocess.run([sys.executable, __file__, str(size)], check=True, capture_output=True)
        seconds, megabytes, joined, asked = map(float, ran.stdout.split())
        each = seconds / (size * math.log(size))
        first = first or each
        most_seconds, most_memory = AIMS.get(size, (math.inf, math.inf))
        late += seconds > most_seconds or megabytes > most_memory
        print(
            f"{size:7} records: {seconds:6.2f} CPU s, {megabytes:5.0f} MB, {joined:.0f} joined, "
            f"{asked:.0f} asked; CPU per n log n {each / first:.2f} times that of {SIZES[0]}"
        )
    return 1 if late else 0


def alone(size: int) -> None:
    records = generated(size)
    start = time.process_time()
    found = find(records)
    seconds = time.process_time() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    joined = sum(found.rules.values())
    print(seconds, megabytes, joined, sum(len(question.pairs) for question in found.ask))


def generated(size: int) -> list[Candidate]:
    """Make records of about 1.5 KB with words as uneven as those of a language."""
    rng = random.Random(7)
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 5))) for _ in range(20_000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    pool = rng.choices(words, weights, k=400_000)
    records: list[Candidate] = []
    while len(records) < size:
        number = len(records)
        one = made(str(number), rng, pool, words)
        records.append(one)
        if rng.random() < DOUBLED:
            records.append(as_elsewhere(one, str(number + 1), rng))
    rng.shuffle(records)
    return records[:size]


def text(rng: random.Random, pool: list[str], length: int) -> str:
    start = rng.randrange(len(pool) - length)
    taken = pool[start : start + length]
    rng.shuffle(taken)
    return " ".join(taken)


def made(name: str, rng: random.Random, pool: list[str], words: list[str]) -> Candidate:
    authors = rng.sample(words[2_000:8_000], rng.randint(1, 7))
    page = rng.randrange(1, 2_500)
    return Candidate(
        id=name,
        title=text(rng, pool, rng.randint(6, 18)).capitalize(),
        authors="; ".join(f"{author.capitalize()}, A." for author in authors),
        year=str(rng.randint(1990, 2025)),
        journal="Journal of " + " ".join(rng.choices(words[:300], k=3)).title(),
        volume=str(rng.randint(1, 90)),
        issue=str(rng.randint(1, 12)),
        pages=f"{page}-{page + rng.randint(3, 14)}",
        doi=f"10.5555/{name}.{page}" if rng.random() < 0.8 else "",
        abstract=text(rng, pool, 190) if rng.random() < 0.9 else "",
    )


def as_elsewhere(record: Candidate, name: str, rng: random.Random) -> Candidate:
    """Write the record as another database would."""
    first, last = record.pages.split("-")
    return Candidate(
        id=name,
        title=record.title + ". [Review]" if rng.random() < 0.1 else record.title.upper(),
        authors=record.authors.replace("; ", " and ").replace(", A.", " A"),
        year=record.year,
        journal="J " + " ".join(word[:4] for word in record.journal.split()[2:]),
        volume=record.volume,
        issue=record.issue if rng.random() < 0.5 else "",
        pages=f"{first}-{last[-2:]}" if rng.random() < 0.9 else "",
        doi="http://dx.doi.org/" + record.doi if record.doi and rng.random() < 0.6 else "",
        abstract=record.abstract if rng.random() < 0.8 else "",
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        alone(int(sys.argv[1]))
    else:
        sys.exit(main())
