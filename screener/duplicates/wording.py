"""How two titles differ word by word: a slip of the pen, or another study."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import DamerauLevenshtein, Indel, Postfix

from screener.duplicates import greek

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")
_CARDINAL = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_ORDINAL = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip
_NUMBERS = {
    word: str(value)
    for words in (_ROMAN, _CARDINAL, _ORDINAL)
    for value, word in enumerate(words, start=1)
}
_STOP_WORDS = """
    a an and are as at by for from in into is its of on or s the their to using via vs versus
    was were with der die das des dem den und ein eine im von zur zum le la les du de et un une
    el los las y del en o e i il lo da do dos na
"""
_STOP = frozenset(_STOP_WORDS.split())
_DENIALS = frozenset(("without", "not", "no", "non", "nor", "neither", "never"))
_MARK = re.compile(r" ?[1-9](?: ?[2-9]){0,3}(?: [a-e])?")
_MARKED = 4
"""Letters of a word that a footnote stands behind; fewer are a name: HIV, HPV."""
_COUNTED_WORDS = """
    part phase type stage grade class chapter volume section level group experiment paper report
    series version day week month year number step case covid study trial studies trials visit
    question form module table figure model generation region channel receptor receptors factor
    interleukin subtype cohort wave round cycle book issue edition annex appendix supplement
    diabetes protein kinase beta alpha gamma delta kappa
"""
_COUNTED = frozenset(_COUNTED_WORDS.split())
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
_PIECE = 3
_ENDINGS = frozenset(("ate", "ite", "ide", "ane", "ene", "ine", "one", "ose", "ase"))
_ENDING = 3
# The endings of substances of one kind (the stems of international nonproprietary names): what
# stands before them tells one substance from the other.
_STEM_WORDS = """
    azepam azolam azole caine cept cillin coxib cycline dipine dronate fibrate floxacin flozin
    gliptin glitazone glutide grel kinra lukast mab mycin nib olol oxetine parin penem platin
    poetin pramine prazole pril profen rubicin sartan setron statin stigmine tadine taxel terol
    tide tinib triptan triptyline vaptan vir xaban zosin
"""
_STEMS = tuple(sorted(_STEM_WORDS.split(), key=len, reverse=True))
_NAMED = 5
"""Letters before a stem from which one of them may be a typing error."""
# Words one slip apart that are nevertheless two words.
_OPPOSITE_PAIRS = """
    adduction/abduction afferent/efferent maternal/paternal male/female males/females men/women
    man/woman boys/girls oral/aural ileum/ilium ileal/ilial rats/cats rat/cat mice/rice
    dose/close human/humane prenatal/perinatal perinatal/postnatal increase/decrease
    increased/decreased increases/decreases increasing/decreasing gain/pain mother/father
    mothers/fathers brother/mother lung/lang sister/mister systolic/diastolic cardiac/carotid
    infection/injection infections/injections inflection/infection causal/casual union/onion
    alpha/delta benign/malign diabetics/diabetes affect/effect anion/cation ester/ether
    amine/imine elastase/elastin morning/mourning single/singly statin/stating ovarian/ovarial
    prostate/prostrate axis/taxis tonic/clonic sensitive/insensitive insulin/inulin
    prednisone/prednisolone cyclosporine/cycloserine ureteral/urethral ureteric/urethric
    perineal/peroneal brachial/branchial facial/fascial cysteine/cystine
    incidence/incidents
"""
_OPPOSITES = frozenset(frozenset(pair.split("/")) for pair in _OPPOSITE_PAIRS.split())
# Beginnings that turn a word into another one or its opposite.
_BEGINNINGS = (
    "hyper", "hypo", "inter", "intra", "extra", "pre", "post", "peri", "anti", "non", "un", "in",
    "im", "ir", "dis", "de", "sub", "supra", "super", "mono", "di", "bi", "tri", "poly", "multi",
    "macro", "micro", "endo", "exo", "homo", "hetero", "iso", "allo", "auto", "over", "under",
    "up", "down", "neo", "re", "a", "ad", "ab", "af", "ef", "e", "ante", "trans", "cis", "nor",
    "deoxy", "oxy", "pro", "co",
)  # fmt: skip
_SHORT, _LONG, _LONGER = 5, 7, 9
"""Letters of a word in which one may be lost or doubled, one replaced, two be mistyped."""
_CHARACTERS = "\u2e80"
"""From here on every letter is a word: Chinese, Japanese, Korean."""
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))
_SPELLINGS = (("ae", "e"), ("oe", "e"), ("our", "or"), ("ys", "yz"), ("is", "iz"), ("ll", "l"))


@dataclass(frozen=True, slots=True)
class Difference:
    """What is left when the common words of two titles are taken away.

    `numbers`: a number, dose or part that only one has or that differs. `replaced`: another word
    stands in its place. `missing`: words that only one title has. `slips`: typing errors, endings
    and spellings. `spellings`: nothing but British and American spelling differs. `marked`: all
    that differs is a small number behind one title, a part or the mark of a footnote.
    """

    numbers: bool = False
    replaced: bool = False
    missing: int = 0
    slips: int = 0
    spellings: bool = False
    marked: bool = False

    @property
    def only_slips(self) -> bool:
        """Whether nothing but typing errors, spellings and small words differ."""
        return not (self.numbers or self.replaced or self.missing)


def difference(one: str, other: str) -> Difference:
    """Compare two folded titles word by word."""
    if _one_spelling(one.replace(" ", ""), other.replace(" ", "")):
        if not same_numbers(one, other):
            return Difference(numbers=True)
        return Difference(slips=1, spellings=True)
    if _marked(one, other):
        return Difference(numbers=True, marked=True)
    one, other = sorted((one, other))  # the alignment depends on which comes first
    blocks = _blocks(one.split(), other.split())
    _cancel_moved(blocks)
    return _sum(_between(left, right) for left, right in blocks if "".join(left) != "".join(right))


def _sum(parts: Iterable[Difference]) -> Difference:
    found = list(parts)
    return Difference(
        numbers=any(part.numbers for part in found),
        replaced=any(part.replaced for part in found),
        missing=sum(part.missing for part in found),
        slips=sum(part.slips for part in found),
    )


def _between(left: list[str], right: list[str]) -> Difference:
    """Compare two runs of words that stand in the same place."""
    if _numbers_of(left) != _numbers_of(right):
        return Difference(numbers=True)
    if _isotope(left, right) or greek.lost(left, right):
        return Difference(slips=1)
    if _denied(left) != _denied(right) or _other_letter(left, right):
        return Difference(replaced=True)
    left_words, right_words = _telling(left), _telling(right)
    if not left_words and not right_words:
        return Difference(slips=int(not _STOP.issuperset((*left, *right))))
    if not left_words or not right_words:
        return Difference(missing=len(left_words) + len(right_words))
    if _slip("".join(left_words), "".join(right_words)):
        return Difference(slips=1)
    if _pairwise(left_words, right_words):
        return Difference(slips=len(left_words))
    return Difference(replaced=True)


def _one_spelling(one: str, other: str) -> bool:
    """Whether British and American, or an umlaut written out, are all that differs."""
    return _spelled(one) == _spelled(other) or _written(one, _UMLAUTS) == _written(other, _UMLAUTS)


def _marked(one: str, other: str) -> bool:
    """Whether one title is the other with the digit of a footnote behind its last word.

    Behind "part" and "phase", or a short name such as HIV, it counts: part 1, HIV 1.
    """
    short, long = sorted((one, other), key=len)
    if not (long.startswith(short) and _MARK.fullmatch(long, len(short))):
        return False
    last = short.rpartition(" ")[2]
    return len(last) >= _MARKED and last.isalpha() and last not in _COUNTED


def same_numbers(one: str, other: str) -> bool:
    """Whether two folded titles that have the same letters have the same numbers: not 2.5 and 25.

    That databases part thousands or not makes no difference.
    """
    if one == other:
        return True
    left, right = (re.findall(r"\d+", _THOUSANDS.sub("", text)) for text in (one, other))
    return left == right


def _blocks(one: list[str], other: list[str]) -> list[tuple[list[str], list[str]]]:
    """Return the runs of words that differ, left and right, in order."""
    blocks = []
    for equal, steps in groupby(Indel.opcodes(one, other), key=lambda step: step.tag == "equal"):
        if not equal:
            left: list[str] = []
            right: list[str] = []
            for step in steps:
                left += one[step.src_start : step.src_end]
                right += other[step.dest_start : step.dest_end]
            blocks.append((left, right))
    return blocks


def _cancel_moved(blocks: list[tuple[list[str], list[str]]]) -> None:
    """Take out short pieces that only changed places: "[11C]" and "C-11"."""
    rights = [right for _, right in blocks]
    for left, _ in blocks:
        for word in [word for word in left if len(word) <= _PIECE]:
            place = next((right for right in rights if word in right), None)
            if place is not None:
                left.remove(word)
                place.remove(word)


def _isotope(one: list[str], other: list[str]) -> bool:
    """Whether one number and one name only stand in another order: "11C" and "C-11"."""
    left, right = (re.findall(r"\d+|[a-z]+", "".join(words)) for words in (one, other))
    return len(left) == 2 and sorted(left) == sorted(right)


def _numbers_of(words: list[str]) -> list[str]:
    return sorted(value for word in words for value in re.findall(r"\d+", _NUMBERS.get(word, word)))


def _denied(words: list[str]) -> bool:
    return not _DENIALS.isdisjoint(words)


def _other_letter(one: list[str], other: list[str]) -> bool:
    """Whether a single letter stands where another one does: vitamin A, vitamin E."""
    left, right = ({word for word in words if len(word) == 1} for words in (one, other))
    return bool(left and right) and left != right


def _telling(words: list[str]) -> list[str]:
    return [
        word for word in words if word not in _STOP and not word.isdigit() and word not in _NUMBERS
    ]


def _pairwise(one: list[str], other: list[str]) -> bool:
    return len(one) == len(other) and all(
        a == b or _slip(a, b) for a, b in zip(one, other, strict=True)
    )


def _slip(one: str, other: str) -> bool:
    """Whether two words are one word, typed or spelled differently."""
    if frozenset((one, other)) in _OPPOSITES or _other_substance(one, other):
        return False
    if _spelled(one) == _spelled(other):
        return True
    short, long = sorted((one, other), key=len)
    if one[0] != other[0] or _beginning_differs(short, long):
        return False
    if long.startswith(short) and len(short) >= 4 and long[len(short) :] in {"s", "es", "al", "ic"}:
        return True
    return _mistyped(short, long)


def _mistyped(short: str, long: str) -> bool:
    """Whether a letter was lost, doubled, swapped or, in a long word, replaced; two in longer ones.

    Replacing a letter of a short word makes another word too often: fetal, fatal. Beginnings are
    seldom mistyped.
    """
    if len(short) < _SHORT or any(mark >= _CHARACTERS for mark in short + long):
        return False
    if len(short) == len(long) and len(short) < _LONG:
        return _swapped(short, long)
    if DamerauLevenshtein.distance(short, long, score_cutoff=1) <= 1:
        return True
    two = len(short) >= _LONGER and short[:2] == long[:2]
    return two and DamerauLevenshtein.distance(short, long, score_cutoff=2) <= 2


def _swapped(one: str, other: str) -> bool:
    """Whether two neighbouring letters changed places."""
    return sorted(one) == sorted(other) and DamerauLevenshtein.distance(one, other) == 1


def _other_substance(one: str, other: str) -> bool:
    """Whether the names are those of two substances: nitrate, nitrite; sitagliptin, linagliptin."""
    endings = {one[-_ENDING:], other[-_ENDING:]}
    if one[:-_ENDING] == other[:-_ENDING] and len(endings) > 1 and endings <= _ENDINGS:
        return True
    for stem in _STEMS:
        if one.endswith(stem) and other.endswith(stem):
            heads = one.removesuffix(stem), other.removesuffix(stem)
            near = DamerauLevenshtein.distance(*heads, score_cutoff=1) <= 1
            return not (near and min(map(len, heads)) >= _NAMED)
    return False


def _spelled(word: str) -> str:
    return _written(word, _SPELLINGS)


def _written(word: str, spellings: Iterable[tuple[str, str]]) -> str:
    for one, other in spellings:
        word = word.replace(one, other)
    return word


def _beginning_differs(short: str, long: str) -> bool:
    """Whether the words differ by what stands before a common ending of four letters or more."""
    common = Postfix.similarity(short, long)
    if common < 4:
        return False
    heads = {short[: len(short) - common], long[: len(long) - common]}
    return all(not head or head in _BEGINNINGS for head in heads)
