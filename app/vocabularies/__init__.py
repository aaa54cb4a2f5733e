"""The code lists that several tables share. Other code lists are beside their table."""

from app.vocabularies.actors import ACTOR_TYPES, AFFILIATION_ROLES, OFFICE_TYPES, STANDINGS
from app.vocabularies.countries import COUNTRIES
from app.vocabularies.events import ASPECTS, EVENT_TYPES, MODALITIES, ROLES
from app.vocabularies.laws import (
    AGREEMENT_DATES,
    AGREEMENT_STEPS,
    AGREEMENT_TYPES,
    LAW_DATES,
    LAW_STEPS,
    LAW_TYPES,
    PROVISION_TYPES,
)
from app.vocabularies.plover import PLOVER_CATEGORIES, PLOVER_MODES, QUADS
from app.vocabularies.relations import AGREEMENT_LINKS, LAW_LINKS, RELATIONS
from app.vocabularies.texts import (
    BASES,
    MODIFIERS,
    PASSAGE_TYPES,
    PRECISIONS,
    QUALIFIERS,
    STATEMENT_MODES,
)
from app.vocabularies.trade import CURRENCIES, FLOWS, INDICATORS, MEASURES, SCOPES, UNITS
from app.vocabularies.vocabulary import Code, Vocabulary

SHARED: tuple[Vocabulary, ...] = (
    EVENT_TYPES,
    MODALITIES,
    ASPECTS,
    ROLES,
    PLOVER_CATEGORIES,
    QUADS,
    PLOVER_MODES,
    LAW_TYPES,
    LAW_STEPS,
    LAW_DATES,
    LAW_LINKS,
    PROVISION_TYPES,
    AGREEMENT_TYPES,
    AGREEMENT_STEPS,
    AGREEMENT_DATES,
    AGREEMENT_LINKS,
    ACTOR_TYPES,
    AFFILIATION_ROLES,
    OFFICE_TYPES,
    STANDINGS,
    INDICATORS,
    MEASURES,
    FLOWS,
    SCOPES,
    UNITS,
    CURRENCIES,
    STATEMENT_MODES,
    RELATIONS,
    PASSAGE_TYPES,
    PRECISIONS,
    QUALIFIERS,
    MODIFIERS,
    BASES,
    COUNTRIES,
)

__all__ = ["SHARED", "Code", "Vocabulary"]
