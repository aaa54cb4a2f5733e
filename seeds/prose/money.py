"""Finds the currency of a numeral by the sign, code or word next to it."""

import re
from typing import Final, NamedTuple

from app.vocabularies.iso_codes import COUNTRY_FILE, CURRENCY_FILE, read_names
from seeds.prose.number_grammar import BLANK

_DOLLARS: Final[dict[str, str | None]] = {
    "us": "USD", "american": "USD", "united states": "USD", "hk": "HKD", "hong kong": "HKD",
    "a": "AUD", "au": "AUD", "aus": "AUD", "australian": "AUD", "c": "CAD", "ca": "CAD",
    "can": "CAD", "cdn": "CAD", "canadian": "CAD", "nz": "NZD", "new zealand": "NZD", "s": "SGD",
    "sg": "SGD", "singapore": "SGD", "nt": "TWD", "taiwan": "TWD", "new taiwan": "TWD",
    "taiwanese": "TWD", "r": "BRL", "mex": "MXN", "mx": "MXN", "mop": "MOP", "fj": "FJD",
    "fijian": "FJD", "jamaican": "JMD", "j": "JMD", "barbadian": "BBD", "bahamian": "BSD",
    "namibian": "NAD", "bz": "BZD", "belize": "BZD", "brunei": "BND", "b": None, "liberian": "LRD",
    "mexican": None, "spanish": None, "silver": None, "trade": None, "straits": None,
    "zimbabwean": None, "zimbabwe": None, "rhodesian": None, "malayan": None,
}  # fmt: skip
"""Prefixes of the dollar sign or of the word "dollar", with the code. Null means no known code."""

_SIGNS: Final = {
    "€": "EUR", "£": "GBP", "¥": None, "cn¥": "CNY", "rmb¥": "CNY", "jp¥": "JPY", "￥": None,
    "₩": "KRW", "₹": "INR", "₽": "RUB", "₱": "PHP", "₫": "VND", "₺": "TRY", "₴": "UAH",
    "₦": "NGN", "฿": "THB", "₪": "ILS", "₸": "KZT", "₼": "AZN", "₾": "GEL", "₡": "CRC",
    "₲": "PYG", "₵": "GHS", "៛": "KHR", "₭": "LAK", "₮": "MNT", "₤": None, "₨": None, "元": None,
}  # fmt: skip
"""Currency signs. Null means that several currencies share the sign: `¥` is yuan or yen."""

_WORDS_AND_LABELS: Final = frozenset(
    ["ALL", "TOP", "SIT", "BAD", "BAN", "PES", "COU", "UAK", "CLE"]
)
"""Codes of ISO 4217 that are English words or common labels: "the TOP 10"."""

_COUNTRIES: Final = frozenset(code for code, _ in read_names(COUNTRY_FILE))
_ISO: Final = tuple(
    code
    for code, _ in read_names(CURRENCY_FILE)
    if code not in _WORDS_AND_LABELS and code not in _COUNTRIES
)
"""The codes of ISO 4217 that stand beside amounts. Codes that are also codes of countries (`BEL`,
`CYP`) are left out, because in lists and scores they mean the country."""

_CODES: Final[dict[str, str | None]] = {
    **{code: code for code in _ISO},
    "RMB": "CNY", "CNH": "CNY", "Rs.": None, "Rs": None, "RM": "MYR", "Rp": "IDR", "kr": None,
    "Fr.": None, "Fr": None, "zł": "PLN", "DM": "DEM", "ATS": None, "R$": "BRL", "Kč": "CZK",
}  # fmt: skip
"""Currency codes and abbreviations as they are written. Null means that several currencies share
the abbreviation."""

_WORDS: Final[dict[str, str | None]] = {
    "euro": "EUR", "euros": "EUR", "pounds": "GBP", "pounds sterling": "GBP", "sterling": "GBP",
    "british pounds": "GBP", "irish pounds": "IEP", "egyptian pounds": "EGP",
    "lebanese pounds": "LBP", "turkish pounds": None, "yen": "JPY", "japanese yen": "JPY",
    "yuan": "CNY", "chinese yuan": "CNY", "yuan renminbi": "CNY", "renminbi": "CNY",
    "won": "KRW", "south korean won": "KRW", "korean won": "KRW", "north korean won": "KPW",
    "swiss francs": "CHF", "french francs": "FRF", "belgian francs": "BEF", "francs": None,
    "gold francs": None, "cfa francs": None, "rupees": "INR", "indian rupees": "INR",
    "pakistani rupees": "PKR", "sri lankan rupees": "LKR", "nepalese rupees": "NPR",
    "roubles": "RUB", "rubles": "RUB", "russian rubles": "RUB", "russian roubles": "RUB",
    "soviet rubles": None, "belarusian rubles": "BYN", "patacas": "MOP", "pataca": "MOP",
    "pesos": None, "mexican pesos": "MXN", "philippine pesos": "PHP", "argentine pesos": "ARS",
    "chilean pesos": "CLP", "colombian pesos": "COP", "cuban pesos": "CUP",
    "silver pesos": None,
    "baht": "THB", "thai baht": "THB", "ringgit": "MYR", "rupiah": "IDR", "dong": "VND",
    "kip": "LAK", "riel": "KHR", "kyat": "MMK", "taka": "BDT", "tenge": "KZT", "hryvnia": "UAH",
    "zloty": "PLN", "zlotys": "PLN", "złoty": "PLN", "forint": "HUF", "forints": "HUF",
    "shekels": "ILS", "dirhams": None, "dinars": None, "riyals": None, "rials": None,
    "iranian rials": "IRR", "saudi riyals": "SAR", "kuwaiti dinars": "KWD", "naira": "NGN",
    "rand": "ZAR", "cedis": "GHS", "kroner": None, "kronor": "SEK", "krona": None, "krone": None,
    "danish kroner": "DKK", "norwegian kroner": "NOK", "swedish kronor": "SEK", "lira": None,
    "liras": None, "lire": "ITL", "italian lire": "ITL", "turkish lira": "TRY", "reais": "BRL",
    "bolivars": None, "soles": "PEN", "guarani": "PYG", "deutsche marks": "DEM",
    "deutschmarks": "DEM", "german marks": "DEM", "reichsmarks": None, "gold marks": None,
    "goldmarks": None, "guilders": None, "dutch guilders": "NLG", "florins": None,
    "gulden": None, "pesetas": "ESP", "escudos": None, "drachmas": None, "drachmae": None,
    "schillings": None, "taels": None, "taels of silver": None, "kuping taels": None,
    "silver taels": None, "haikwan taels": None, "ryo": None, "ducats": None, "thalers": None,
    "guineas": None, "shillings": None, "pence": None, "sovereigns": None, "doubloons": None,
    "pieces of eight": None, "reales": None, "réis": None, "reis": None, "livres": None,
    "crowns": None, "crown": None, "marks": None, "crores": None, "czech crowns": "CZK",
    "koruny": "CZK", "korunas": None, "leva": "BGN", "lev": "BGN", "lei": None, "quetzals": "GTQ",
    "colones": None, "córdobas": "NIO", "balboas": "PAB", "lempiras": "HNL", "gourdes": "HTG",
    "afghanis": "AFN", "birr": None, "shilling": None, "pesewas": None, "kwacha": None,
    "dalasi": "GMD", "rufiyaa": "MVR", "tugrik": "MNT", "tögrög": "MNT", "som": None,
    "manat": None, "lari": "GEL", "drams": "AMD", "denars": "MKD", "kunas": "HRK",
    "piastres": None, "piasters": None, "rixdollars": None, "rials omani": "OMR", "cowries": None,
    "cruzeiros": None, "cents": None, "us cents": None, "bitcoins": None, "bitcoin": None,
}  # fmt: skip
"""Names of currencies. Null means that several currencies, or an old one, have the name."""


def _any(words: dict[str, str | None]) -> str:
    listed = sorted((word for word in words if word), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", BLANK) for word in listed)


_CODE = rf"(?:{_any(_CODES)})"
_ADJECTIVE = (
    rf"(?:(?:(?-i:[A-Z][\w’'.-]*){BLANK}){{1,2}}(?:(?:silver|gold|trade|paper){BLANK})?"
    rf"|(?:silver|gold|trade|paper){BLANK})"
)
_MONEY = (
    r"(?:dollars?|pounds|francs|pesos|rupees|dinars|marks|crowns|lira|liras|pesetas|guilders"
    r"|shillings"
    r"|roubles|rubles|riyals|rials|kroner|taels|florins|yen|won)"
)
_BEFORE = re.compile(
    rf"(?<![\w.])(?:(?i:(?P<letters>(?:[a-z]\.?){{1,4}}))?\$|(?P<spaced>US|U\.S\.|HK|AU|NZ|NT|CA"
    rf"|SG)[^\S\n]\$|(?P<sign>(?i:{_any(_SIGNS)}))"
    rf"|(?P<code>{_CODE})|(?i:(?P<dollars>U\.S\.|{_any(_DOLLARS)}){BLANK}dollars))[^\S\n]?\Z"
)
_BEHIND = re.compile(
    rf"(?i)(?:{BLANK}|-)(?:(?:of{BLANK}|worth{BLANK}of{BLANK})?(?:(?P<whose>(?:U\.S\."
    rf"|{_any(_DOLLARS)}){BLANK})?dollars?"
    rf"|(?P<word>{_any(_WORDS)})|(?P<foreign>{_ADJECTIVE}{_MONEY}))|(?-i:(?P<code>{_CODE}"
    rf")))(?![\w-])"
)
_OWNER = re.compile(
    rf"(?i)(?:{BLANK}|[^\S\n]?\()(?P<owner>canadian|australian|american|US|U\.S\.|HK|hong{BLANK}"
    rf"kong|singapore"
    rf"|new{BLANK}zealand|taiwanese?|mexican|(?-i:{_CODE}))(?:{BLANK}dollars?)?(?:\)"
    rf"|(?![\w$-]))(?!{BLANK}[\w])"
)
_WEIGHT = re.compile(rf"(?i){BLANK}pounds?{BLANK}of\b")
_WEIGHING = re.compile(
    r"(?i)\b(?:weigh\w*|heavy|heavier|kg|kilo\w*|tons?|tonnes?|ounces?|cargo|freight)\b"
    r"(?:(?!\b(?:costs?|paid|pays?|prices?|worth|sold|loans?|fines?|debts?)\b)[^;\n])*\Z"
)
_POUNDS = re.compile(rf"(?i){BLANK}pounds?(?!\w)")

_OTHERS = re.compile(
    r"\b(?:Australia|Canad|New Zealand|Singapore|Hong[ -]Kong|HKSAR|Taiwan|Jamaica|Barbados|Bahamas"
    r"|Fiji|Namibia|Guyana|Liberia|Belize|Brunei|Trinidad|Zimbabwe|Mexic|Chile|Argentin|Colombia)"
)
_AMERICA = re.compile(r"(?<!\w)(?:U\.S\.|US\b|USA\b|United States|America|Washington)")
_SENTENCE_END = re.compile(r"(?<!U\.S)[.!?]\s+(?=[A-Z“\"])|\n")
_REACH: Final = 400


class Currency(NamedTuple):
    """The currency of a numeral, and the span of the amount with its currency words.

    `code` is null if the currency is not clear.
    """

    start: int
    end: int
    code: str | None


class DollarCountries(NamedTuple):
    """Whether a text names other countries with dollars, and whether it names the United States."""

    others: bool
    america: bool


def dollar_countries(text: str) -> DollarCountries:
    """Find out which countries with dollars the text names."""
    return DollarCountries(bool(_OTHERS.search(text)), bool(_AMERICA.search(text)))


def currency(text: str, start: int, end: int, named: DollarCountries) -> Currency | None:
    """The currency of the numeral `text[start:end]`; null if it is not an amount of money.

    A dollar sign alone means the US dollar. It is unclear if the sentence names another country
    with dollars and not the United States. If the sentence names neither, the same rule applies to
    the whole text.
    """
    before = _BEFORE.search(text, max(0, start - 24), start)
    if before:
        found = _before(text, before, end, named)
    else:
        behind = _BEHIND.match(text, end)
        if not behind or _is_weight(text, start, end):
            return None
        found = Currency(start, behind.end(), _behind_code(text, behind, named))
    return found


def is_code(word: str) -> bool:
    """Whether the word is a currency code or abbreviation as written before an amount: "CHF"."""
    return word in _CODES


def _is_weight(text: str, start: int, end: int) -> bool:
    """Whether pounds after the numeral are a weight: "pounds of tea", "it weighs 20 pounds"."""
    if not _POUNDS.match(text, end):
        return False
    weighing = _WEIGHING.search(text, max(0, start - _REACH // 4), start)
    return _WEIGHT.match(text, end) is not None or weighing is not None


def _before(text: str, found: re.Match[str], end: int, named: DollarCountries) -> Currency:
    start = found.start()
    if found["sign"]:
        return Currency(start, end, _SIGNS[found["sign"].lower()])
    if found["code"]:
        return Currency(start, end, _CODES[found["code"]])
    letters = found["letters"] or found["spaced"] or found["dollars"]
    if letters:
        return Currency(
            start, end, _DOLLARS.get(" ".join(letters.replace(".", "").lower().split()))
        )
    return Currency(start, end, _plain_dollar(text, start, named))


def _plain_dollar(text: str, position: int, named: DollarCountries) -> str | None:
    before = _SENTENCE_END.split(text[max(0, position - _REACH) : position])[-1]
    behind = _SENTENCE_END.split(text[position : position + _REACH])[0]
    here = dollar_countries(f"{before}{behind}")
    if here.america:
        return "USD"
    if here.others or (named.others and not named.america):
        return None
    return "USD"


def _behind_code(text: str, found: re.Match[str], named: DollarCountries) -> str | None:
    if found["word"]:
        return _WORDS[" ".join(found["word"].lower().split())]
    if found["code"]:
        return _CODES[found["code"]]
    if found["foreign"]:
        return None
    whose = " ".join((found["whose"] or "").replace(".", "").lower().split())
    return _DOLLARS[whose] if whose else _plain_dollar(text, found.start(), named)


def owner_behind(text: str, end: int) -> Currency | None:
    """The currency after an amount with a plain dollar sign ("$5 million Canadian"), or null."""
    found = _OWNER.match(text, end)
    if not found:
        return None
    owner = " ".join(found["owner"].replace(".", "").split())
    code = _CODES[owner] if owner in _CODES else _DOLLARS.get(owner.lower())
    return Currency(end, found.end(), code)
