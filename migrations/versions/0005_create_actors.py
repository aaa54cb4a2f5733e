"""Actors, their names, and to whom they belong."""

from alembic import op

from migrations.columns import code, ordinal, owner, record, reference, words

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actors",
        *record(),
        code(
            "type",
            "country territory city government body organisation medium group person",
            "What sort of actor it is. Vocabulary actor-types.",
        ),
        words("description", "The document's words for who or what it is.", nullable=True),
        code(
            "country",
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
            "UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE",
            "ISO 3166-1 alpha-3.",
            nullable=True,
        ),
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

    op.create_table(
        "entry_actors",
        owner("entry_id", "entries"),
        ordinal(),
        reference("actor_id", "actors", "The actor."),
        comment="The actors that a row names as taking part in it.",
    )


def downgrade() -> None:
    op.drop_table("entry_actors")
    op.drop_table("actor_affiliations")
    op.drop_table("actor_aliases")
    op.drop_table("actors")
