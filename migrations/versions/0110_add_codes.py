"""Codes that other articles need, and the currency of a number of an event.

The codes of a column are in its CHECK constraint. The constraints are replaced, and the table
`event_numbers` is created again with the new column. The next load fills it.
"""

from collections.abc import Mapping
from itertools import product
from string import ascii_uppercase

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0109"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

COUNTRIES = (
    "ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA "
    "BGD BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN "
    "CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU "
    "EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB "
    "GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL "
    "ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO "
    "LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR "
    "MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER "
    "PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM "
    "SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK "
    "TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM "
    "VUT WLF WSM YEM ZAF ZMB ZWE"
)
USER_ASSIGNED = " ".join(
    f"X{first}{second}" for first, second in product(ascii_uppercase, repeat=2)
)
OLD_CURRENCIES = "USD HKD CNY GBP EUR JPY AUD CAD"
CURRENCIES = (
    "ADP AED AFA AFN ALK ALL AMD ANG AOA AOK AON AOR ARA ARL ARM ARP ARS ATS AUD AWG AZM AZN "
    "BAD BAM BAN BBD BDT BEC BEF BEL BGL BGM BGN BGO BHD BIF BMD BND BOB BOL BOP BOV BRB BRC "
    "BRE BRL BRN BRR BRZ BSD BTN BUK BWP BYB BYN BYR BZD CAD CDF CHE CHF CHW CLE CLF CLP CNY "
    "COP COU CRC CSD CSK CUC CUP CVE CYP CZK DDM DEM DJF DKK DOP DZD ECS ECV EEK EGP ERN ESA "
    "ESB ESP ETB EUR FIM FJD FKP FRF GBP GEK GEL GHC GHS GIP GMD GNF GNS GQE GRD GTQ GWE GWP "
    "GYD HKD HNL HRD HRK HTG HUF IDR IEP ILP ILR ILS INR IQD IRR ISJ ISK ITL JMD JOD JPY KES "
    "KGS KHR KMF KPW KRH KRO KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LTT LUC LUF LUL LVL LVR "
    "LYD MAD MAF MCF MDC MDL MGA MGF MKD MKN MLF MMK MNT MOP MRO MRU MTL MTP MUR MVP MVR MWK "
    "MXN MXP MXV MYR MZE MZM MZN NAD NGN NIC NIO NLG NOK NPR NZD OMR PAB PEI PEN PES PGK PHP "
    "PKR PLN PLZ PTE PYG QAR RHD ROL RON RSD RUB RUR RWF SAR SBD SCR SDD SDG SDP SEK SGD SHP "
    "SIT SKK SLE SLL SOS SRD SRG SSP STD STN SUR SVC SYP SZL THB TJR TJS TMM TMT TND TOP TPE "
    "TRL TRY TTD TWD TZS UAH UAK UGS UGX USD USN USS UYI UYP UYU UYW UZS VEB VED VEF VES VND "
    "VNN VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XEU XFO XFU XOF XPD XPF XPT XRE XSU "
    "XUA YDD YER YUD YUM YUN YUR ZAL ZAR ZMK ZMW ZRN ZRZ ZWD ZWG ZWL ZWR"
)
OLD_EVENT_TYPES = (
    "legislation order agreement announcement criticism support request comment protest "
    "disclosure movement office crisis status policy economy security"
)
EVENT_TYPES = (
    "legislation order agreement announcement criticism support request comment protest "
    "disclosure movement office crisis status policy economy security arrest crime "
    "diplomatic-relations visit disaster trade-measure military"
)
OLD_LAW_STEPS = (
    "proposed approved enacted signed issued in-force amended extended implemented paused "
    "suspended-in-part withdrawn"
)
LAW_STEPS = (
    "proposed introduced referred-to-committee reported-by-committee passed-by-a-chamber "
    "approved rejected vetoed enacted signed issued entered-into-force in-force amended "
    "extended implemented paused suspended-in-part struck-down withdrawn expired repealed"
)
OLD_AGREEMENT_STEPS = (
    "signed joined filed in-force implemented invoked to-be-affected "
    "ordered-suspended-or-terminated"
)
AGREEMENT_STEPS = (
    "signed ratified joined filed entered-into-force in-force implemented invoked "
    "to-be-affected ordered-suspended-or-terminated suspended denounced expired"
)
AGREEMENT_LINKS = (
    "signed joined filed in-force implemented invoked to-be-affected "
    "ordered-suspended-or-terminated ratified entered-into-force suspended expired denounced"
)
BEARINGS = "concerns in-response-to under caused-by opposes violates"
OLD_UNITS = "currency firms operations people rank percent days agreements things"
UNITS = (
    "currency firms operations people rank percent percentage-points share multiple times votes "
    "hours days weeks months years metres kilometres miles feet agreements things"
)

Codes = Mapping[tuple[str, str], str]
"""The allowed codes by table and column."""

OLD: Codes = {
    ("actors", "country"): COUNTRIES,
    ("offices", "type"): "embassy consulate-general consulate trade-office post",
    ("memberships", "standing"): "member full-member independent-member active-member participant "
    "former-employee supporter",
    ("agreements", "type"): "treaty agreement declaration initiative framework",
    ("agreements", "date_of"): "signed named",
    ("agreements", "status"): OLD_AGREEMENT_STEPS,
    ("agreement_history", "step"): OLD_AGREEMENT_STEPS,
    ("event_agreements", "relation"): f"{OLD_AGREEMENT_STEPS} {BEARINGS}",
    ("laws", "date_of"): "signed enacted approved issued named",
    ("laws", "status"): OLD_LAW_STEPS,
    ("law_history", "step"): OLD_LAW_STEPS,
    ("event_laws", "relation"): f"{OLD_LAW_STEPS} {BEARINGS}",
    ("events", "type"): OLD_EVENT_TYPES,
    ("event_actors", "type"): OLD_EVENT_TYPES,
    ("event_actors", "role"): "source target party signatory recipient addressee subject victim "
    "location",
    ("trade_figures", "unit"): OLD_UNITS,
    ("trade_figures", "currency"): OLD_CURRENCIES,
}
NEW: Codes = {
    ("actors", "country"): f"{COUNTRIES} {USER_ASSIGNED}",
    ("offices", "type"): OLD["offices", "type"]
    + " ambassador high-commission representative-office honorary-consulate cultural-institute",
    ("memberships", "standing"): OLD["memberships", "standing"]
    + " observer associate candidate former",
    ("agreements", "type"): OLD["agreements", "type"]
    + " convention communique memorandum extradition-treaty tax-treaty investment-treaty "
    "visa-agreement",
    ("agreements", "date_of"): "signed named ratified entered-into-force expired denounced",
    ("agreements", "status"): AGREEMENT_STEPS,
    ("agreement_history", "step"): AGREEMENT_STEPS,
    ("event_agreements", "relation"): f"{AGREEMENT_LINKS} {BEARINGS}",
    ("laws", "date_of"): "signed enacted approved issued named introduced entered-into-force",
    ("laws", "status"): LAW_STEPS,
    ("law_history", "step"): LAW_STEPS,
    ("event_laws", "relation"): f"{LAW_STEPS} {BEARINGS}",
    ("events", "type"): EVENT_TYPES,
    ("event_actors", "type"): EVENT_TYPES,
    ("event_actors", "role"): "source target party signatory recipient addressee subject victim "
    "beneficiary location",
    ("trade_figures", "unit"): UNITS,
    ("trade_figures", "currency"): CURRENCIES,
}
OLD_PLACE = "The territory or city where it happened."
NEW_PLACE = "The country, territory or city where it happened."


def upgrade() -> None:
    _replace_checks(OLD, NEW)
    _create_event_numbers(UNITS, currencies=CURRENCIES)
    _comment_on_place(NEW_PLACE)


def downgrade() -> None:
    _replace_checks(NEW, OLD, valid=False)
    _create_event_numbers(OLD_UNITS, currencies=None)
    _comment_on_place(OLD_PLACE)


def _rule(column: str, codes: str) -> str:
    listed = ", ".join(f"'{code}'" for code in codes.split())
    return f"{column} IN ({listed})"


def _replace_checks(old: Codes, new: Codes, *, valid: bool = True) -> None:
    """Replace the CHECK constraints. Unless `valid`, rows that break the new ones may stay."""
    if not _is_postgresql():
        _replace_checks_in_sqlite(old, new)
        return
    suffix = "" if valid else " NOT VALID"
    for (table, column), codes in new.items():
        name = f"ck_{table}_{column}"
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        rule = f"CHECK ({_rule(column, codes)}){suffix}"
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}")


def _replace_checks_in_sqlite(old: Codes, new: Codes) -> None:
    """Edit the declarations of the tables, as SQLite's page on ALTER TABLE (section 7) says for
    CHECK constraints: what the tables hold stays as it is."""
    schema = sa.table("sqlite_master", sa.column("type"), sa.column("name"), sa.column("sql"))
    op.execute("PRAGMA writable_schema = ON")
    for (table, column), codes in new.items():
        before, after = _rule(column, old[table, column]), _rule(column, codes)
        edited = sa.func.replace(schema.c.sql, f"({before})", f"({after})")
        is_table = sa.and_(schema.c.type == "table", schema.c.name == table)
        op.execute(schema.update().where(is_table).values(sql=edited))
    op.execute("PRAGMA writable_schema = RESET")


def _create_event_numbers(units: str, *, currencies: str | None) -> None:
    op.drop_table("event_numbers")
    currency = [] if currencies is None else [_code("currency", currencies, "ISO 4217.", null=True)]
    op.create_table(
        "event_numbers",
        sa.Column(
            "event_id",
            KEY,
            sa.ForeignKey("events.id", deferrable=True, initially="DEFERRED"),
            primary_key=True,
            comment="The row of events that this row belongs to.",
        ),
        sa.Column(
            "ordinal",
            sa.Integer(),
            primary_key=True,
            autoincrement=False,
            comment="Index in the list of its row, from 0.",
        ),
        sa.Column("of", KEY, nullable=False, comment="What is counted."),
        _value(),
        _code("unit", units, "The unit of a value. Vocabulary units."),
        *currency,
        sa.Column(
            "approximate",
            sa.Boolean(),
            nullable=False,
            comment="Whether the document says that the number is not exact.",
        ),
        sa.Column("text", KEY, nullable=False, comment="The document's words for it."),
        comment="A number that belongs to an event and is not a trade figure.",
    )


def _value() -> sa.Column[float]:
    return sa.Column("value", sa.Double(), comment="The number; null if the document gives none.")


def _code(name: str, codes: str, comment: str, *, null: bool = False) -> sa.Column[str]:
    rule = sa.CheckConstraint(_rule(name, codes), name=name)
    return sa.Column(name, KEY, rule, nullable=null, comment=comment)


def _comment_on_place(comment: str) -> None:
    if _is_postgresql():
        op.execute(f"COMMENT ON COLUMN events.place_id IS '{comment}'")


def _is_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
