"""Every word that the pages show, in plain English. Templates reach this module as `labels`.

One idea has one word: a row of any list is an item, and a value that limits a list is a filter.
"""

from collections.abc import Mapping, Sequence

SITE = "Hong Kong–United States relations"
SITE_SHORT = "Hong Kong & United States"
KNOWLEDGE_BASE = "a knowledge base"


def count(number: int, one: str = "item", many: str = "") -> str:
    """`1 item`, `2 items`, `1,204 items`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


# The frame of all pages.
SKIP_TO_CONTENT = "Skip to the content"
MAIN_MENU = "Main"
ALL_LISTS = "All lists"
API = "API"
SEARCH = "Search"
SEARCH_EVERYTHING = "Search everything"
TIMELINE = "Timeline"
NETWORK = "Network"
STORY = "Story"
NAVIGATION = (
    (STORY, "/story"),
    (TIMELINE, "/timeline"),
    (NETWORK, "/network"),
    ("Trade", "/trade-figures"),
    ("Polls", "/polls"),
    ("Document", "/documents"),
)
PLAIN_PAGE = "This page is plain, because its styles and scripts are not built."
PLAIN_PAGE_CURE = (
    "All links and forms work. To build the styles and scripts, run `make bundle` where npm "
    "packages can be downloaded. It uses the Node of the machine, or one from a Python wheel. Then "
    "start the server again."
)
EVERY_ITEM_CITES = "Every item here cites the words of a document that prove it."
DATA_LICENCE = "CC BY-SA 4.0"
CODE_LICENCE = "code MIT"
DATA = "Data"
BROWSER_LICENCES = "Licences of the browser code"
VERSION = "version"
CITE_AS = "Cite as:"
SHARE_IMAGE = "Timeline of Hong Kong–United States relations, drawn as marks by year"
OTHER_ADDRESS = "Continue"
OTHER_ADDRESS_LEAD = (
    "The page has another address. It is too long for a browser to be sent there automatically."
)
GO_TO_EXPORT = "Continue to the export"
GO_TO_PAGE = "Continue to the page"


def cite_as(title: str, dataset: str, site: str = SITE) -> str:
    """How to cite a page that shows data."""
    name = site if title == site else f"“{title}”, {site}"
    return f"{name}: {KNOWLEDGE_BASE}, dataset {dataset}, CC BY-SA 4.0."


# The first page.
HOME_DESCRIPTION = "Events, laws and trade of Hong Kong and the United States, each with proof."
EXPLORE = "Explore"
UNDATED_LINK = "Show them"
MORE_LISTS = "More lists"
FINDINGS = "What the data show"
LOADED = "Loaded"


def amounts(texts: Sequence[str]) -> str:
    """`87 events, 24 laws and 14 agreements`."""
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def busiest_year(year: str, number: int) -> str:
    """The middle of the finding: the year in which most events lie."""
    return f"{year} has the most: {count(number, 'event')}"


FINDING_LEAD = "The article describes"
FINDING_LEAD_OF_MANY = "The documents describe"
TURNING = "among them"
SOURCE_OF_ALL = "Source:"


def reaches_to(edtf: str) -> str:
    """The last year that has an event."""
    return f"Last year with an event: {edtf}."


def most_active(name: str, number: int) -> str:
    """A finding about actors."""
    return f"{name} takes part in {count(number, 'event')}, more than any other person."


def conflict_share(conflict: int, cooperation: int) -> str:
    """A finding about the classes of interaction."""
    return (
        f"{count(conflict, 'event')} {'is' if conflict == 1 else 'are'} coded as conflict, "
        f"{cooperation} as cooperation."
    )


EXPLORE_CARDS = (
    ("/timeline", TIMELINE, "Everything with a date, in order. Filter by time, actor or kind."),
    ("/network", NETWORK, "Who acts towards whom: cooperation and conflict, by period."),
    ("/trade-figures", "Trade figures", "Exports, investment, firms and people, as stated."),
    ("/polls", "Polls", "Approval of U.S. leadership in Hong Kong, compared by year."),
    ("/documents", "The document", "The source text. Select a sentence to see what it proves."),
)

# The story.
STORY_DESCRIPTION = "Who did what, in order, in two lanes. Each card has the words that prove it."
STRIP = "The whole period"
STRIP_HINT = "True scale. Drag over it, or choose a period:"
BRUSH = "Choose a period by years"
FROM_YEAR, TO_YEAR = "From year", "To year"
ALL_YEARS = "All years"
CARDS = "Cards"
IN_THE_MIDDLE = "Both act, or others do"
PROOF = "Proof"
DATE_NOT_STATED = "Date not stated"
TOO_MANY_CARDS = "There are too many items for cards. Choose a shorter period:"
ALSO_ON_CARD = "On the same card:"
TOWARDS = "towards"
NO_CARDS = "Nothing is told about this period with these filters."
JOINS: Mapping[str, str] = {
    "caused-by": "Caused by",
    "in-response-to": "In response to",
    "amends": "Amends",
    "follows": "Follows",
}
"""How a card is joined to another."""


def story(period: str) -> str:
    """The title of a story."""
    return f"What happened in {period}" if period else "What happened"


def lane(name: str) -> str:
    """The heading of the lane of a side."""
    return f"{name} acts"


# Lists and their filters.
SHOW = "Show"
MORE_FILTERS = "More filters and sorting"
SORT_BY = "Sort by"
ANY = "any"
YES, NO = "yes", "no"
ACTIVE_FILTERS = "Active filters"
REMOVE_FILTER = "Remove this filter"
CLEAR_ALL = "Clear all"
WORDS = "Words"
WORDS_HINT = 'Words and "phrases", in any form of the word.'
WHEN = "When"
WHEN_HINT = "A day, month, year, decade or period: 14 July 2020, 2019-2020, 2010s, since 1997"
WHEN_EXAMPLE = "July 2020"


def use(value: str) -> str:
    """A link that replaces a refused value by a suggested one."""
    return f"Use “{value}”"


def no_date(text: str) -> str:
    """Why a text is refused as a date."""
    return (
        f"“{text}” is not a date that can be read. Write, for example, “14 July 2020”, "
        "“July 2020”, “2019–2020” or “since 2019”."
    )


DATE_MATCH = "How dates match"
DATE_MATCH_HINT = "How the date of an item lies in the period."
DATE_MATCHES: Mapping[str, str] = {
    "possible": "possibly in this period",
    "certain": "certainly in this period",
    "starts": "began in this period",
    "within": "entirely in this period",
}
POSSIBLY = DATE_MATCHES["possible"]
NO_RESULTS = "No results."
REMOVE_A_FILTER = "Remove a filter, or"
SEE_WHOLE_LIST = "show the whole list"
DID_YOU_MEAN = "Did you mean"
WORDS_BEGINNING = "Search for words that begin with"
NEXT_PAGE = "Next page →"
PREVIOUS_PAGE = "← Previous page"
PAGES = "Pages"
ALL_ITEMS = "All items"
AS_TABLE = "As a table"
TABLE = "Table"
KIND, TYPE, WHAT, WHO = "Kind", "Type", "What", "Who"
UNDATED = "undated"
BEGAN_EARLIER = "Began earlier and may still apply in this period"
DID_NOT_HAPPEN = "did not happen"
ABOUT = "about"
ACCORDING_TO = "according to"
NOT_STATED = "Not stated"
RESULTS = "Results"
KINDS = "Kinds"

FIELDS: Mapping[str, str] = {
    "q": WORDS,
    "date": "Date",
    "modality": "Status of the claim",
    "quad": "Cooperation or conflict",
    "category": "Category of action",
    "aspect": "Event or condition",
    "negated": "Did not happen",
    "coding": "Coding (PLOVER)",
    "actors": "Actors",
    "source": "Who acts",
    "target": "Towards whom",
    "source_country": "Country that acts",
    "target_country": "Country affected",
    "role": "Role of the actor",
    "actor_within": "Actor, or a part of it",
    "source_within": "Who acts, or a part of it",
    "target_within": "Towards whom, or a part of it",
    "speaker_within": "Speaker, or a part of it",
    "operator_within": "Operator, or a part of it",
    "issued_by_within": "Issued by it, or by a part of it",
    "step_date": "Date of the step",
    "related": "Related to",
    "according_to": "According to",
    "value_min": "Value at least",
    "value_max": "Value at most",
    "approximate": "Approximate",
    "issued_by": "Issued by",
    "signed_by": "Signed by",
    "differing": "Other documents say",
}
"""What fields and filters are called where their name in the API is not plain English."""

CLAIMS: Mapping[str, str] = {
    "occurred": "happened",
    "announced": "announced",
    "planned": "planned",
    "threatened": "threatened",
    "alleged": "claimed",
}
"""The status of a claim, as it stands beside a name."""

SORTS: Mapping[str, str] = {
    "date": "earliest first",
    "-date": "latest first",
    "position": "article order",
    "-position": "article order, reversed",
    "relevance": "best match first",
    "-relevance": "best match last",
}


def field(name: str) -> str:
    """What a field or filter is called."""
    return FIELDS.get(name, name.replace("_", " ").capitalize())


def slug(text: str) -> str:
    """`after-1997` is `After 1997`."""
    return text.replace("-", " ").capitalize()


def sort(key: str) -> str:
    """`-date` is `latest first`; `-name` is `name, reversed`."""
    name = key.removeprefix("-")
    text = field(name).lower() + (", reversed" if key.startswith("-") else "")
    return SORTS.get(key, text)


def chip(name: str, value: str) -> str:
    """A filter that is set, with its value."""
    return f"{field('when' if name == 'date' else name)}: {value}"


def total(number: int, *, is_more: bool) -> str:
    """How many items a list has."""
    return f"more than {count(number)}" if is_more else count(number)


def uncounted(number: int) -> str:
    """How many items a page has, if the list is not counted."""
    return f"{count(number)} on this page. The list is not counted."


def undated(number: int) -> str:
    """How many items a query for a period leaves out."""
    verbs = "has no date and is" if number == 1 else "have no date and are"
    return f"{count(number)} {verbs} not shown."


# The timeline.
MOVE = "Move over the timeline"
EARLIER, LATER = "← Earlier", "Later →"
ZOOM_IN, ZOOM_OUT, WHOLE_TIME = "+ Zoom in", "− Zoom out", "All time"
DRAWING_OF_TIMELINE = "Drawing of the timeline"
SKIP_DRAWING = "Skip the drawing"
COLOUR_BY = "Colour by"
BY_KIND = "kind"
BY_CLASS = "cooperation or conflict"
NOT_CODED = "not coded"
EXACT_DAY = "exact day"
EXACT_DATE_UNKNOWN = "exact date unknown"
WHOLE_PERIOD = "whole period"
OPEN_END = "approximate, or no known end"
UNSURE = "only announced, planned or claimed"
SCALE_BREAK = "narrow: nothing begins here"
WIDER = "Periods in which more begins are drawn wider."
ONLY_ENTIRELY = (
    "The drawing shows items that lie entirely in this period. The table also has those that "
    "possibly do."
)
NO_DATED = "No results with a date. Remove a filter."
SAME_SECTIONS = "Without a date, from the same sections of the article"
UNDATED_LEAD = (
    "The document does not say when. These items are not in the drawing, and a search for a "
    "period does not find them."
)
MORE_AT_END = "More undated items are at the end of the table."
SAME_FACT = "The same fact as:"
SOURCE = "Source"


def only(unit: str) -> str:
    """The name of a link to one unit of the axis."""
    return f"Show only {unit}"


def too_many(step: str) -> str:
    """Why the timeline shows bars."""
    return (
        f"Too many items to draw each one. The bars count, for each {step}, the items that lie "
        f"entirely in it. Choose a {step} to zoom in."
    )


def without_date(number: int) -> str:
    """The heading of a list of undated items."""
    return f"{count(number)} without a date"


def mark(kind: str, claim: str, date: str, name: str) -> str:
    """The name of a mark: kind, status, date, name."""
    return f"{kind}{f', {claim}' if claim else ''}, {date}: {name}"


# Downloads.
DOWNLOAD = "Download"
DOWNLOADS = "Downloads and API"
SVG_PICTURE = "Picture (SVG)"
EMBED = "Copy the embed code"
WITH_QUOTATIONS = "CSV with quotations"
PAIRS_WITH_QUOTATIONS = "Pairs of actors (CSV with quotations)"
FORMATS: Mapping[str, str] = {
    "csv": "CSV", "ndjson": "NDJSON", "ics": "Calendar (iCalendar)", "atom": "Feed (Atom)",
}  # fmt: skip
PAIR_FORMATS: Mapping[str, str] = {
    "csv": "CSV of the pairs, with the cited words", "ndjson": "NDJSON of the pairs",
}  # fmt: skip
COPY_ADDRESS = "Copy the API address"
COPY_CURL = "Copy as curl"
COPY, COPIED = "Copy", "Copied"
THE_TEXT, ITS_PASSAGES = "The text", "The sentences (JSON)"

# Cite, share, correct.
CITE_THIS = "Cite this"
CITE_TEXT = "Text"
CITE_AND_CORRECT = "Cite or correct"
COPY_LINK = "Copy the link"
REPORT = "Report a mistake"
SMALL_PICTURE = "Picture (PNG, small)"
LARGE_PICTURE = "Picture (PNG, large)"


def download_as(name: str) -> str:
    """A link to a citation as a file."""
    return f"Download {name}"


def report_subject(name: str) -> str:
    """The subject of a message about a mistake."""
    return f"A mistake in “{name}”"


def report_body(address: str, version: str, dataset: str, quote: str) -> str:
    """The message about a mistake, which the reader completes."""
    return (
        "What is wrong, and what is right?\n\n\n"
        f"Item: {address}\nVersion: {version} (dataset {dataset})\nQuotation: {quote}\n"
    )


# The network.
NETWORK_LEAD = (
    "Who acts towards whom. Each number counts events; select it to see them. Events without "
    "an acting and an affected side are not in it."
)
NETWORK_DESCRIPTION = "Who acts towards whom: cooperation and conflict, by period."
DRAWING_OF_NETWORK = "Matrix of who acts towards whom"
MATRIX_KEY = (
    "A row acts towards a column. The colour is that of most of its coded events; the more "
    "events, the stronger it is."
)
AS_LIST = "In order of the number of events"
EVENTS = "Events"
PERIODS = "Periods"
NO_ACTORS = "No events in which one actor acts towards another. Remove a filter."
COOPERATION, CONFLICT = "cooperation", "conflict"
CLASSES: Mapping[str, str] = {
    "cooperation": COOPERATION, "conflict": CONFLICT, "mixed": "both alike", "none": NOT_CODED,
}  # fmt: skip


def matrix_of(number: int) -> str:
    """The name of the matrix."""
    return f"Matrix of {count(number, 'pair')}: who acts towards whom"


def tie(source: str, target: str, number: int, leading: str) -> str:
    """A cell of the matrix, for those who cannot see it."""
    return f"{arrow(source, target)}: {count(number, 'event')}, {CLASSES[leading]}"


def more_ties(number: int) -> str:
    """The heading of the pairs that are folded."""
    return f"{count(number, 'more pair')} with few events"


def network_basis(rows: int, *, is_whole: bool) -> str:
    """What the network is made of."""
    return f"Based on {count(rows, 'event')}{'' if is_whole else ', the first of more'}."


# Charts.
AMOUNTS = "Amounts"
PERIOD, VALUE, BAR = "Period", "Value", "Bar"
NO_YEAR = "no year given"
NO_SOURCE = "source not named"
AS_STATED, APPROXIMATE = "as stated", "approximate"
NO_YEAR_KEY = "no year given: do not read as a trend"
WITHOUT_FIGURE = "Described without a figure"
ANSWER, YEAR, PERCENT = "Answer", "Year", "Percent"
NOT_GIVEN = "not given"
NO_REPORT, NO_POLLSTER = "report not named", "pollster not named"
ASKED_BY = "asked by"


def percent_of(population: str) -> str:
    """What the percentages of a poll are of."""
    return f"Percent of {population}"


# The page of an item.
IN_SHORT = "In short"
MORE_DETAILS = "More details"
QUESTIONS: Mapping[str, str] = {
    "date": WHEN, "actors": WHO, "place": "Where", "speakers": "Who said it", "text": "The words",
    "parties": "Who takes part", "signed_by": "Who signed it", "issued_by": "Who issued it",
    "about": "What it is about", "holder": "Who holds it", "answers": "What people answered",
    "provisions": "What it says", "status": "Where it stands now",
}  # fmt: skip
"""What the first fields of an item are called on its page: the questions that they answer."""
STEPS = "Step by step"
ACTS = "Acts"
RECEIVED = "Acts of others towards this actor"
INVOLVED = "Other events with this actor"
APPEARANCES: Mapping[tuple[str, str], str] = {
    ("statements", "speaker"): "Sayings",
    ("statements", "outlet"): "Statements published",
    ("statements", "about"): "Statements about it",
    ("statements", "event"): "Statements in this event",
    ("offices", "holder"): "Offices held",
    ("offices", "operator"): "Offices operated",
    ("offices", "host"): "Offices hosted",
    ("laws", "signed_by"): "Laws signed",
    ("laws", "issued_by"): "Laws issued",
    ("laws", "jurisdiction"): "Laws of this jurisdiction",
    ("memberships", "organisation"): "Members",
    ("events", "related"): "Related events",
    ("events", "place"): "Events at this place",
    ("actors", "affiliation"): "Actors that belong to it",
    ("trade-figures", "reporter"): "Trade figures reported",
    ("trade-figures", "partner"): "Trade figures as the partner",
    ("polls", "about"): "Polls about it",
    ("polls", "pollster"): "Polls conducted",
}
"""The titles of the lists on the page of an item, by path and filter."""
TIES = "Ties in time"
TIES_LEAD = (
    "A dot stands for the events of a year; it grows with their number. Undated events are "
    "counted, but have no dot."
)
OTHER_ACTOR, DID, GOT = "With", "Acts towards the other", "Acts of the other"
HOW_CODED = "How it is coded"
APPEARS_IN = "Appears in"
QUOTATIONS = "The words that prove it"
IN_DOCUMENT = "In the document"
NOTE = "Note."
ON_TIMELINE, IN_NETWORK = "On the timeline", "In the network"
WHAT_IT_PROVES = "What this sentence proves"
PROVES_NOTHING = "No item cites this sentence."
WHY_NOT = "See the reason in Coverage"
SHOW_ALL = "Show all"
OTHER_LISTS = "Items of other lists"


def row_field(name: str) -> str:
    """What a field of a row is called. The source of a figure is not a participant."""
    return SOURCE if name == "source" else field(name)


def appearances(title: str, path: str, filter: str) -> str:
    """The title of a list that names the item."""
    return APPEARANCES.get((path, filter), title)


def in_time(first: int, last: int) -> str:
    """The heading of the strips of ties, with their years."""
    if not first:
        return "In time"
    return f"In {first}" if first == last else f"From {first} to {last}"


def dot(year: int, kind: str, names: Sequence[str]) -> str:
    """The text of a dot on the strip of a tie."""
    return f"{year}, {CLASSES[kind]}: {'; '.join(names)}"


def tie_in_time(name: str, texts: Sequence[str]) -> str:
    """The text of the strip of a tie, for those who cannot see it."""
    return f"{name}. {'. '.join(texts)}"


def arrow(source: str, target: str) -> str:
    """Who acts towards whom."""
    return f"{source} → {target}"


def question(name: str) -> str:
    """What a field is called among the first ones of a page."""
    return QUESTIONS.get(name, row_field(name))


def not_stated(fields: Sequence[str]) -> str:
    """Which fields of an item the document says nothing about."""
    return f"{NOT_STATED}: {', '.join(fields)}."


def supports(fields: Sequence[str]) -> str:
    """Which fields of an item a quotation proves."""
    return f"Supports: {', '.join(fields)}"


# Documents and coverage.
COVERAGE = "Coverage"
COMPLETE = "Every sentence is accounted for."
INCOMPLETE = "Some sentences are not accounted for."
COVERAGE_LEAD = (
    "Each sentence is cited by an item, or left out for a reason. Each date, number and quotation "
    "is the value of a field, or stands in words that an item cites."
)
COVERAGE_DESCRIPTION = "What became of every sentence, date, number and quotation."
FULL_REPORT = "Full report"
SECTIONS = "Sections"
THE_DOCUMENT = "The document"
INFOBOX = "Infobox"
READING_HINT = (
    "Each sentence is a link to what it proves. The small number says how many items cite it."
)
NOT_USED = "Left out"
SENTENCE, REASON, ITEMS = "Sentence", "Reason", "Items"
DATES, NUMBERS, QUOTED, OPEN = "Dates", "Numbers", "Quotations", "Open"
TEXT, STATUS = "Text", "Status"
LEFT_OVER = "not accounted for"
CLOSE = "Close"
STATUSES: Mapping[str, str] = {
    "cited": "cited by an item",
    "background": "left out, with a reason",
    "value": "value of a field",
    "analyst": "read by an analyst",
    "open": "open",
    "left_over": LEFT_OVER,
    "left-over": LEFT_OVER,
}


def left_out_because(reason: str) -> str:
    """Why a sentence is cited by no item."""
    return f"{NOT_USED}: {reason}"


# Code lists.
CODE_LISTS = "Code lists"
CODE_LISTS_LEAD = "What the codes mean, and where they come from."
CODE, CALLED, MEANING = "Code", "Name", "Meaning"
OUR_OWN = "our own"

# Search.
SEARCH_LABEL = "Words and “phrases”"
SEARCH_EXAMPLE = "extradition, “one country”, sanction*"
SEARCH_LEAD = (
    "All words must match, in any form. Put phrases in quotation marks. While you type, the last "
    "word also matches by its beginning; a star does the same: sanction*."
)
SEARCH_SCOPE = "The search covers names, aliases, summaries, quotations and the document."


def only_beginnings(words: str) -> str:
    """Why results are shown that the search itself does not find."""
    return f"No item has all the words of “{words}”. These have words that begin like it."


def search_title(words: str) -> str:
    """The title of a page of results."""
    return f"{SEARCH}: {words}" if words else SEARCH


# Problems.
CANNOT_FILTER = "Some filters cannot be used."
CORRECT_FIELDS = "Correct the fields above and try again."
CORRECT_ADDRESS = "Correct the address: it has a parameter that this page does not take."
IGNORE_FILTER = "Ignore this filter"
START_PAGE = "Go to the start page"
ALLOWED_VALUES = "Allowed values"

# The API guide.
API_GUIDE = "API guide"
API_GUIDE_DESCRIPTION = (
    "The guide to the API, and every operation to try: dates, filters, paging, errors and citing."
)
PARAMETER_GROUPS: Mapping[str, str] = {
    "filters": "More filters",
    "variants": "Filters that exclude, require all, or require any value",
    "output": "Sorting, paging and output",
}
CONTENTS = "Contents"
FIND_OPERATION = "Find an operation or a parameter"
FRONT_END = "For front-end authors"
FRONT_END_DESCRIPTION = "A working example in plain JavaScript, and types for TypeScript."
