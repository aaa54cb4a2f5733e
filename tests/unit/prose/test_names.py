"""Names: whole words match, the longest name first; all dashes and all apostrophes are equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.prose.names import NameMention, find_names
from tests.unit.prose import ARTICLE

NAMES = {
    "hong-kong": ["Hong Kong"],
    "hong-kong-government": ["Hong Kong government", "Hong Kong Government"],
    "united-states": ["United States", "U.S.", "US"],
    "policy-act": [
        "U.S.–Hong Kong Policy Act of 1992",
        "United States-Hong Kong Policy act of 1992",
    ],
    "o-brien": ["Robert O'Brien", "O'Brien"],
}
PIECES = st.lists(
    st.sampled_from(
        [
            *["Hong Kong", "Hong", "U.S.", "US", "O’Brien", "O'Brien", "Robert", "government"],
            *[*" \n.,-–'’s5A", "\n\n", "United States"],
        ]
    ),
    max_size=20,
).map("".join)


def named(text: str, *names: str) -> list[str]:
    return [text[found.start : found.end] for found in find_names(text, {"x": names})]


def test_the_longest_name_takes_its_words() -> None:
    assert find_names("The Hong Kong government of Hong Kong", NAMES) == [
        NameMention("hong-kong-government", 4, 24),
        NameMention("hong-kong", 28, 37),
    ]


def test_the_longest_name_wins_also_where_a_shorter_one_starts_before_it() -> None:
    text = "The New York Times"
    found = find_names(text, {"a": ["The New", "The"], "b": ["New York Times"]})
    assert found == [NameMention("a", 0, 3), NameMention("b", 4, 18)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("U.S.-Hong Kong Act", "U.S.–Hong Kong Act"),
        ("U.S.—Hong Kong Act", "U.S.‑Hong Kong Act"),
        ("O’Brien", "O'Brien"),
        ("O'Brien", "O’Brien"),
        ("Hong\nKong", "Hong Kong"),
        ("Hong\xa0Kong", "Hong  Kong"),
    ],
)
def test_dashes_apostrophes_and_kinds_of_blank_are_the_same(text: str, name: str) -> None:
    assert named(f"So the {text} said", name) == [text]


@pytest.mark.parametrize(
    "text", ["China's", "China’s", "China's.", "(China)", "“China”", "‘China’"]
)
def test_a_possessive_or_a_mark_may_follow(text: str) -> None:
    assert named(text, "China") == ["China"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chinatown", "China"),
        ("Indochina IndoChina", "China"),
        ("USA and AUS", "US"),
        ("the U.S.A.", "U.S."),
        ("O'Brien", "O"),
        ("O'Brien", "Brien"),
        ("china CHINA", "China"),
        ("Hong\n\nKong", "Hong Kong"),
        ("U-S-", "U.S."),
    ],
)
def test_parts_of_words_and_other_words_are_no_mention(text: str, name: str) -> None:
    assert named(text, name) == []


def test_a_name_of_two_ids_is_refused() -> None:
    with pytest.raises(ValueError, match="'A–B' stands for both 'one' and 'two'"):
        find_names("", {"one": ["A-B"], "two": ["A–B"]})


def test_a_blank_name_is_refused() -> None:
    with pytest.raises(ValueError, match="a name of 'one' is blank"):
        find_names("", {"one": [" "]})


def test_no_names_have_no_mentions() -> None:
    assert find_names(ARTICLE, {}) == find_names(ARTICLE, {"x": []}) == []


def test_the_article_names_the_policy_act_with_either_dash_only_under_its_own_names() -> None:
    found = [mention for mention in find_names(ARTICLE, NAMES) if mention.id == "policy-act"]
    assert [ARTICLE[mention.start : mention.end] for mention in found] == NAMES["policy-act"]


@given(PIECES)
def test_mentions_are_ordered_disjoint_and_read_as_a_name_of_their_id(text: str) -> None:
    position = 0
    for mention in find_names(text, NAMES):
        assert position <= mention.start < mention.end
        words = " ".join(text[mention.start : mention.end].replace("’", "'").split())
        assert words.replace("–", "-") in [name.replace("–", "-") for name in NAMES[mention.id]]
        position = mention.end


@given(PIECES)
def test_the_order_of_the_names_changes_nothing(text: str) -> None:
    turned = {key: names[::-1] for key, names in reversed(NAMES.items())}
    assert find_names(text, turned) == find_names(text, NAMES)
