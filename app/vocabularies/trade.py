"""Codes of trade figures. They are terms of UN Comtrade and SDMX where these have one."""

from app.vocabularies.iso_codes import CURRENCY_FILE, read_names, source_of
from app.vocabularies.vocabulary import Code, Vocabulary, vocabulary

_COMTRADE = "terms after UN Comtrade and the SDMX code lists"

INDICATORS = vocabulary(
    "indicators",
    "Indicators",
    "What a figure measures.",
    ("exports", "Exports", "Goods or services that the reporter sells to the partner."),
    ("imports", "Imports", "Goods or services that the reporter buys from the partner."),
    ("total-trade", "Total trade", "Imports and exports together."),
    (
        "trade-balance",
        "Trade balance",
        "Exports minus imports of the reporter.",
    ),
    ("direct-investment", "Direct investment", "Investment of the reporter in the partner."),
    ("firms", "Firms", "Companies of the reporter present in the partner."),
    ("regional-operations", "Regional operations", "Regional operations of such companies."),
    ("residents", "Residents", "Citizens of the reporter who live in the partner."),
    (
        "trade-rank",
        "Rank as trading partner",
        "The partner's rank in the reporter's list of trading partners.",
    ),
    (
        "surplus-rank",
        "Rank as surplus partner",
        "The partner's rank in the reporter's list of partners by trade surplus.",
    ),
    (
        "investment-rank",
        "Rank as investor",
        "The partner's rank in the reporter's list of investors.",
    ),
    source=_COMTRADE,
)

MEASURES = vocabulary(
    "measures",
    "Measures",
    "What kind of quantity a figure is.",
    ("flow", "Flow", "An amount over a period."),
    ("stock", "Stock", "An amount at a point in time."),
    ("balance", "Balance", "A difference of two flows."),
    ("rank", "Rank", "A position in an ordered list."),
    ("count", "Count", "A number of things or people."),
    source=_COMTRADE,
)

FLOWS = vocabulary(
    "flows",
    "Flows",
    "The direction of trade, seen from the reporter.",
    ("import", "Import", "Into the reporter from the partner."),
    ("export", "Export", "From the reporter to the partner."),
    ("total", "Total", "Both directions."),
    source=_COMTRADE,
)

SCOPES = vocabulary(
    "scopes",
    "Scopes",
    "What is traded.",
    ("goods", "Goods", "Merchandise."),
    ("services", "Services", "Services."),
    source=_COMTRADE,
)

UNITS = vocabulary(
    "units",
    "Units",
    "The unit of a value.",
    ("currency", "Currency", "An amount of money; `currency` says which currency."),
    ("firms", "Firms", "Companies."),
    ("operations", "Operations", "Regional operations of companies."),
    ("people", "People", "Persons."),
    ("rank", "Rank", "A position in an ordered list; 1 is the first."),
    ("percent", "Percent", "Hundredths of a total."),
    ("percentage-points", "Percentage points", "Difference of two values in percent."),
    ("share", "Share", "Part of a whole; 0.5 is a half."),
    ("multiple", "Multiple", "How many times as much; 2 is twice as much."),
    ("times", "Times", "How often something happened."),
    ("votes", "Votes", "Votes."),
    ("hours", "Hours", "Hours."),
    ("days", "Days", "Days."),
    ("weeks", "Weeks", "Weeks."),
    ("months", "Months", "Months."),
    ("years", "Years", "Years, also of age."),
    ("metres", "Metres", "Metres."),
    ("kilometres", "Kilometres", "Kilometres."),
    ("miles", "Miles", "Miles."),
    ("feet", "Feet", "Feet."),
    ("agreements", "Agreements", "Agreements."),
    ("things", "Things", "Things of another kind; `of` says which."),
)

CURRENCIES = Vocabulary(
    "currencies",
    "Currencies",
    "Currencies, current and historic.",
    source_of(CURRENCY_FILE),
    tuple(
        Code(code, name, f"{name}, as coded by ISO 4217.")
        for code, name in read_names(CURRENCY_FILE)
    ),
)
