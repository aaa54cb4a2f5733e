"""Generated rows and queries. Queries often match rows, although both have many spellings."""

from hypothesis import strategies as st

from app.search.layout import PARTS
from tests.unit.search.engines import Texts

_SAID = """
Hong Kong Hong-Kong Hong–Kong kong's Kong’s HONG policy policies policing police Policy's U.S. US
u.s U.S.'s USA H.R. 17.8 $17.8 17 8 102-383 don't don t O'Brien trade-war trade trading war wars
école école ecole ECOLES Straße strasse ﬁsh fish 香港 香 港 香港法案 カナ 한국 한 пол полка
=hong = * ** "" ” “ « AND OR NOT NEAR( hong* a:b {name} ^ + - -hong (hong) & | ! <-> :* \\ ' '' ; --
"""
_WRITTEN = _SAID.split()

_ENDINGS = """
y ies ied s ss us es sses ed eed ing ingly edly li eedly at bl iz ational tional enci anci izer
ation alism fulness ousness iviti biliti ogist ogi icate ative alize ical ful ness ement ment
ent ion e ll a i o u w x Y b d g k l m n p r t sk news inn herr proceed
"""
word_like = st.lists(st.sampled_from(_ENDINGS.split()), max_size=8).map("".join)
"""Words made of the endings that the stemmer removes."""

_undivided = st.text(
    st.characters(codec="utf-8", exclude_categories=["Z", "Cc"], exclude_characters='"“”„‟«»＂'),
    max_size=6,
)
_fragments = st.one_of(*[st.sampled_from(_WRITTEN)] * 9, _undivided)
texts = st.lists(_fragments, max_size=8).map(" ".join)
_row = st.fixed_dictionaries({part: st.lists(texts, max_size=2) for part in PARTS})
rows = st.lists(_row, min_size=1, max_size=4)


@st.composite
def queries(draw: st.DrawFn, rows: list[Texts]) -> str:
    """One to three terms from consecutive words of the rows, or any short text."""
    written = " ".join(text for row in rows for part in row.values() for text in part).split()
    if not written or draw(st.integers(0, 9)) == 0:
        return draw(st.lists(_fragments, min_size=1, max_size=4).map("".join))
    return " ".join(draw(st.lists(_terms(written), min_size=1, max_size=3)))


@st.composite
def _terms(draw: st.DrawFn, written: list[str]) -> str:
    first = draw(st.integers(0, len(written) - 1))
    phrase = written[first : first + draw(st.integers(1, 3))]
    match draw(st.sampled_from(["quoted", "plain", "prefix"])):
        case "quoted":
            return f"“{' '.join(phrase)}”"
        case "prefix":
            return f"{'-'.join(phrase)[: draw(st.integers(2, 12))]}*"
        case _:
            return " ".join(phrase)
