"""Codes of actors, offices and memberships."""

from app.vocabularies.vocabulary import vocabulary

ACTOR_TYPES = vocabulary(
    "actor-types",
    "Types of actors",
    "What kind of actor it is.",
    ("country", "Country", "A state."),
    ("territory", "Territory", "A territory or region that is not a state."),
    ("city", "City", "A city or town."),
    ("government", "Government", "A government or administration as a whole."),
    (
        "body",
        "Body",
        "A ministry, agency, court, legislature, committee or other organ of a state.",
    ),
    (
        "organisation",
        "Organisation",
        "An international organisation, forum, coalition, initiative, party or firm.",
    ),
    ("medium", "Medium", "A newspaper, broadcaster or other news medium."),
    ("group", "Group", "People named only as a group."),
    ("person", "Person", "One named or described person."),
)

AFFILIATION_ROLES = vocabulary(
    "affiliation-roles",
    "Roles in affiliations",
    "How an actor belongs to another actor.",
    ("part-of", "Part of", "An organ, part or territory of it."),
    ("leader", "Leader", "Its president or head."),
    ("official", "Official", "Holds an office in it."),
    ("spokesperson", "Spokesperson", "Speaks for it."),
    ("member", "Member", "A member of it."),
    ("employee", "Employee", "Works for it."),
    ("former-employee", "Former employee", "Worked for it in the past."),
    ("supporter", "Supporter", "Supports it or takes part in it."),
    ("national", "National", "A citizen or people of it."),
    ("base", "Base", "Lives or stays there."),
)

OFFICE_TYPES = vocabulary(
    "office-types",
    "Types of offices",
    "What kind of mission or post it is.",
    ("embassy", "Embassy", "An embassy."),
    ("consulate-general", "Consulate general", "A consulate general."),
    ("consulate", "Consulate", "A consulate."),
    ("trade-office", "Economic and trade office", "An office for economic and trade relations."),
    ("post", "Post", "A post that persons hold."),
    ("ambassador", "Ambassador", "The post of an ambassador."),
    (
        "high-commission",
        "High commission",
        "An embassy of one state of the Commonwealth in another.",
    ),
    (
        "representative-office",
        "Representative office",
        "An office that represents a government without the rank of an embassy or consulate.",
    ),
    ("honorary-consulate", "Honorary consulate", "A consulate led by an honorary consul."),
    (
        "cultural-institute",
        "Cultural institute",
        "An institute of a state for language and culture abroad.",
    ),
)

STANDINGS = vocabulary(
    "standings",
    "Standings of members",
    "The status of a member, in the document's own words.",
    ("member", "Member", "A member; the document says no more."),
    ("full-member", "Full member", "Called a full member."),
    ("independent-member", "Independent member", "Called an independent member."),
    ("active-member", "Active member", "Called an active member."),
    ("participant", "Participant", "Has joined or takes part."),
    ("former-employee", "Former employee", "Worked for it in the past."),
    ("supporter", "Supporter", "Is involved in it or supports it."),
    ("observer", "Observer", "Called an observer."),
    ("associate", "Associate", "Called an associate or associate member."),
    ("candidate", "Candidate", "Called a candidate, or has applied."),
    ("former", "Former member", "Was a member and has left it or was expelled."),
)
