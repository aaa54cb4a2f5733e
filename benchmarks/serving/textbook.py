"""A textbook build over the same tables: FastAPI, SQLAlchemy's asynchronous ORM, response models.

It follows the manuals of both and avoids mistakes that would make it slow. `selectinload` loads
each relation in one statement, and only the relations in the answer. Pages use a keyset. Every
query has an index. Each request has one session from a pool. It has to do less than our server: a
date query compares only the first day of an event, and a search highlights nothing.

The setting TEXTBOOK_URL names the database, such as `sqlite+aiosqlite:///file.db`.
"""

import os
from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, Select, func, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload


class Base(DeclarativeBase):
    """The declarative base."""


class Actor(Base):
    __tablename__ = "actors"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class EventActor(Base):
    __tablename__ = "event_actors"

    event_id: Mapped[str] = mapped_column(ForeignKey("events.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[str] = mapped_column(ForeignKey("actors.id"))
    role: Mapped[str]
    date_sort: Mapped[str]
    date_undated: Mapped[int]
    position: Mapped[int]
    actor: Mapped[Actor] = relationship()


class Reporter(Base):
    __tablename__ = "event_according_to"

    event_id: Mapped[str] = mapped_column(ForeignKey("events.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[str] = mapped_column(ForeignKey("actors.id"))
    actor: Mapped[Actor] = relationship()


class Citation(Base):
    __tablename__ = "citations"

    entry_id: Mapped[str] = mapped_column(ForeignKey("events.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    fields: Mapped[str]
    document_id: Mapped[str]
    section: Mapped[str]
    passage_id: Mapped[str]
    start_offset: Mapped[int]
    end_offset: Mapped[int]
    exact: Mapped[str]
    prefix: Mapped[str]
    suffix: Mapped[str]


class Event(Base):
    __tablename__ = "events"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    note: Mapped[str | None]
    version: Mapped[str]
    type: Mapped[str]
    coding_category: Mapped[str | None]
    coding_quad: Mapped[str | None]
    coding_score: Mapped[float | None]
    modality: Mapped[str]
    aspect: Mapped[str]
    negated: Mapped[bool]
    summary: Mapped[str]
    position: Mapped[int]
    place_id: Mapped[str | None] = mapped_column(ForeignKey("actors.id"))
    date_edtf: Mapped[str | None]
    date_earliest: Mapped[str | None]
    date_latest: Mapped[str | None]
    date_precision: Mapped[str | None]
    date_qualifier: Mapped[str | None]
    date_sort: Mapped[str]
    date_undated: Mapped[int]
    place: Mapped[Actor | None] = relationship()
    actors: Mapped[list[EventActor]] = relationship(order_by=EventActor.ordinal)
    reporters: Mapped[list[Reporter]] = relationship(order_by=Reporter.ordinal)
    citations: Mapped[list[Citation]] = relationship(order_by=Citation.ordinal)


class FromObjects(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ActorOut(FromObjects):
    id: str
    name: str


class ParticipantOut(FromObjects):
    role: str
    actor: ActorOut


class ReporterOut(FromObjects):
    actor: ActorOut


class CitationOut(FromObjects):
    fields: str
    document_id: str
    section: str
    passage_id: str
    start_offset: int
    end_offset: int
    exact: str
    prefix: str
    suffix: str


class EventOut(FromObjects):
    id: str
    name: str
    note: str | None
    version: str
    type: str
    coding_category: str | None
    coding_quad: str | None
    coding_score: float | None
    modality: str
    aspect: str
    negated: bool
    summary: str
    date_edtf: str | None
    date_earliest: str | None
    date_latest: str | None
    date_precision: str | None
    date_qualifier: str | None
    place: ActorOut | None
    actors: list[ParticipantOut]
    reporters: list[ReporterOut]


class EventWithCitations(EventOut):
    citations: list[CitationOut]


class Count(BaseModel):
    value: str
    count: int


engine = create_async_engine(os.environ["TEXTBOOK_URL"], pool_size=8)
sessions = async_sessionmaker(engine, expire_on_commit=False)
app = FastAPI()


async def opened() -> AsyncGenerator[AsyncSession]:
    """A session for a request."""
    async with sessions() as session:
        yield session


Session = Annotated[AsyncSession, Depends(opened)]
Events = Select[Event]

_RELATIONS = (
    selectinload(Event.place),
    selectinload(Event.actors).selectinload(EventActor.actor),
    selectinload(Event.reporters).selectinload(Reporter.actor),
)
_KEY = (Event.date_undated, Event.date_sort, Event.position, Event.id)
_ACTOR_KEY = (
    EventActor.date_undated,
    EventActor.date_sort,
    EventActor.position,
    EventActor.event_id,
)


async def _page(session: AsyncSession, found: Events) -> list[Event]:
    return list((await session.scalars(found.options(*_RELATIONS))).all())


@app.get("/")
async def root() -> dict[str, str]:
    return {}


@app.get("/events/{id}", response_model=EventWithCitations)
async def event(id: str, session: Session) -> Event:
    found = await session.get(Event, id, options=[*_RELATIONS, selectinload(Event.citations)])
    if found is None:
        raise HTTPException(404)
    return found


@app.get("/events", response_model=list[EventOut])
async def events(
    session: Session,
    first: str | None = None,
    last: str | None = None,
    actor: str | None = None,
    type: str | None = None,
    limit: int = 50,
) -> list[Event]:
    found = select(Event)
    key = _KEY
    if actor is not None:
        key = _ACTOR_KEY
        found = found.join(Event.actors).where(EventActor.actor_id == actor)
    if type is not None:
        found = found.where(Event.type == type)
    if first is not None and last is not None:
        found = found.where(key[0] == 0, key[1].between(first, last))
    return await _page(session, found.order_by(*key).limit(limit))


@app.get("/events-after", response_model=list[EventOut])
async def events_after(
    session: Session, date: str, position: int, id: str, limit: int = 50
) -> list[Event]:
    after_key = tuple_(*_KEY) > tuple_(0, date, position, id)
    return await _page(session, select(Event).where(after_key).order_by(*_KEY).limit(limit))


@app.get("/events-before", response_model=list[EventOut])
async def events_before(
    session: Session, date: str, position: int, id: str, limit: int = 50
) -> list[Event]:
    before = tuple_(*_KEY) < tuple_(0, date, position, id)
    downwards = [column.desc() for column in _KEY]
    found = select(Event).where(before).order_by(*downwards).limit(limit)
    return list(reversed(await _page(session, found)))


_IN_SQLITE = """
    events.id IN (SELECT entry_id FROM search_rows WHERE ordinal IN
        (SELECT rowid FROM search_index WHERE search_index MATCH :words))
"""
_IN_POSTGRES = """
    events.id IN (SELECT entry_id FROM search_rows WHERE vector @@ CAST(:words AS tsquery))
"""


@app.get("/search", response_model=list[EventOut])
async def search(session: Session, words: str, limit: int = 20) -> list[Event]:
    fits = text(_IN_SQLITE if engine.dialect.name == "sqlite" else _IN_POSTGRES)
    found = select(Event).where(fits.bindparams(words=words))
    return await _page(session, found.order_by(Event.position, Event.id).limit(limit))


@app.get("/facets", response_model=dict[str, list[Count]])
async def facets(
    session: Session, first: str | None = None, last: str | None = None
) -> dict[str, list[Count]]:
    counted: dict[str, list[Count]] = {}
    for name, value in (("type", Event.type), ("year", func.substr(Event.date_sort, 1, 4))):
        found = select(value, func.count()).group_by(value).where(Event.date_undated == 0)
        if first is not None and last is not None:
            found = found.where(Event.date_sort.between(first, last))
        rows = await session.execute(found)
        counted[name] = [Count(value=each, count=count) for each, count in rows]
    return counted


@app.get("/count", response_model=int)
async def count(session: Session, first: str, last: str, type: str) -> int:
    found = select(func.count()).select_from(Event)
    found = found.where(Event.type == type, Event.date_undated == 0)
    return await session.scalar(found.where(Event.date_sort.between(first, last))) or 0
