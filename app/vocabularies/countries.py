"""Countries and territories by ISO 3166-1 alpha-3, and the codes that users may assign."""

from itertools import product
from string import ascii_uppercase

from app.vocabularies.iso_codes import COUNTRY_FILE, read_names, source_of
from app.vocabularies.vocabulary import Code, Vocabulary

_USER_ASSIGNED = tuple(
    Code(code, f"User-assigned {code}", "ISO 3166-1 leaves XAA to XZZ to users: a place without a "
         "code of its own. The row says which.")
    for code in map("X".__add__, map("".join, product(ascii_uppercase, repeat=2)))
)  # fmt: skip

COUNTRIES = Vocabulary(
    "countries",
    "Countries and territories",
    "Countries and territories. Hong Kong has a code of its own, because it reports its own trade.",
    source_of(COUNTRY_FILE),
    (
        *(
            Code(code, name, f"{name}, as coded by ISO 3166-1.")
            for code, name in read_names(COUNTRY_FILE)
        ),
        *_USER_ASSIGNED,
    ),
)
