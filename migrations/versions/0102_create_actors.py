"""Actors, to whom they belong, their offices and memberships, and how rows name each other."""

from alembic import op

from migrations.columns import code, ordinal, owner, record, reference, words
from migrations.dates import dated, index_dates

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None

COUNTRIES = (
    "ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES "
    "BFA BGD BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE "
    "CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK "
    "DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB "
    "GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND "
    "IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN "
    "LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT "
    "MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR "
    "NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU "
    "RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN "
    "SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA "
    "UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE"
)


def upgrade() -> None:
    _create_actors()
    _create_links()
    _create_offices()


def downgrade() -> None:
    for table in (
        "memberships", "offices", "relations", "entry_actors", "actor_affiliations",
        "actor_aliases", "actors",
    ):  # fmt: skip
        op.drop_table(table)


def _create_actors() -> None:
    op.create_table(
        "actors",
        *record(),
        code(
            "type",
            "country territory city government body organisation medium group person",
            "What sort of actor it is. Vocabulary actor-types.",
        ),
        words("description", "The document's words for who or what it is.", nullable=True),
        code("country", COUNTRIES, "ISO 3166-1 alpha-3.", nullable=True),
        comment="A country, territory, government, body, organisation, medium, group or person.",
    )
    op.create_table(
        "actor_aliases",
        owner("actor_id", "actors"),
        ordinal(),
        words("alias", "The name."),
        comment="Another name that the document uses for an actor.",
    )
    op.create_table(
        "actor_affiliations",
        owner("actor_id", "actors"),
        ordinal(),
        reference("affiliation_id", "actors", "To whom it belongs."),
        code(
            "role",
            "part-of leader official spokesperson member employee former-employee supporter "
            "national base",
            "How an actor belongs to another one. Vocabulary affiliation-roles.",
        ),
        comment="To whom an actor belongs, and how.",
    )


def _create_links() -> None:
    op.create_table(
        "entry_actors",
        owner("entry_id", "entries"),
        ordinal(),
        reference("actor_id", "actors", "The actor."),
        comment="The actors that a row names as taking part in it.",
    )
    op.create_table(
        "relations",
        owner("source_id", "entries"),
        ordinal(),
        code(
            "relation",
            "amends amended-by suspends suspended-by suspends-in-part suspended-in-part-by extends"
            " extended-by implements implemented-by in-response-to answered-by part-of has-part "
            "follows precedes caused-by causes based-on basis-of affects affected-by under governs"
            " conflicts-with same-as compared-with not-subordinate-to not-superior-to "
            "subordinate-to superior-to replaces replaced-by about subject-of",
            "How one row is related to another. Each relation is told from both rows, by its "
            "inverse from the other one. Vocabulary relations.",
        ),
        reference("target_id", "entries", "The other row."),
        reference("according_to_id", "actors", "Who says so.", nullable=True),
        comment="How one row is related to another; each relation stands here from both sides.",
    )


def _create_offices() -> None:
    op.create_table(
        "offices",
        *record(),
        code(
            "type",
            "embassy consulate-general consulate trade-office post",
            "What sort of mission or post it is. Vocabulary office-types.",
        ),
        reference("operator_id", "actors", "Whose office it is.", nullable=True),
        reference("host_id", "actors", "The country or territory where it is.", nullable=True),
        words("city", "The city, in the document's words.", nullable=True),
        words("city_folded", "The city as it is compared.", nullable=True),
        words("address", "The address, in the document's words.", nullable=True),
        reference("holder_id", "actors", "Who holds the post.", nullable=True),
        words("rank", "The rank, in the document's words.", nullable=True),
        reference("reports_to_id", "offices", "The office that it reports to.", nullable=True),
        words("description", "What it is, in the document's words.", nullable=True),
        *dated(),
        comment="A mission or a post.",
    )
    index_dates("offices")
    op.create_table(
        "memberships",
        *record(),
        reference("member_id", "actors", "Who belongs."),
        reference("organisation_id", "actors", "To what."),
        code(
            "standing",
            "member full-member independent-member active-member participant former-employee "
            "supporter",
            "As what a member belongs, in the document's own words. Vocabulary standings.",
        ),
        *dated(),
        comment="Who belongs to which organisation, and as what.",
    )
    index_dates("memberships")
