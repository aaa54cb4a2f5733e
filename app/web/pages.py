"""Every page, by its path. Imported with the first request for a page, so the API starts faster."""

from app.resources.registry import BY_KIND, RESOURCES, WITH_DERIVED
from app.web.api_guide import docs, front_end
from app.web.charts import chart_pages
from app.web.documents import document_pages
from app.web.home import home
from app.web.html import PageFunction
from app.web.lists import ListPage
from app.web.network import network
from app.web.problems import problem_type
from app.web.reports import coverage, vocabularies, vocabulary
from app.web.rows import RowPage
from app.web.search import search
from app.web.static_files import static_file
from app.web.story.view import story
from app.web.timeline.view import timeline

PAGES: dict[str, PageFunction] = {
    "/": home,
    "/story": story,
    "/timeline": timeline,
    "/search": search,
    "/docs": docs,
    "/docs/front-end": front_end,
    "/problems/{slug}": problem_type,
    "/static/{name}": static_file,
    **{f"/{each.path}": ListPage(each) for each in WITH_DERIVED},
    **{f"/{each.path}/{{id}}": RowPage(each) for each in RESOURCES},
    **document_pages(BY_KIND["document"]),
    **chart_pages(),
    "/network": network,
    "/coverage": coverage,
    "/vocabularies": vocabularies,
    "/vocabularies/{name}": vocabulary,
}
