"""The serving benchmark sends correct requests and measures their cost."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from benchmarks.processes import Unmeasured
from benchmarks.serving import sampling, servers
from benchmarks.serving.datasets import SyntheticDataset, size_name, sqlite_dataset
from benchmarks.serving.goals import GOALS, TIMES_FLOOR, Goal, compared_with_goals
from benchmarks.serving.http_client import Request, send_requests
from benchmarks.serving.query_values import query_values_of
from benchmarks.serving.report import cost_table, figures_of
from benchmarks.serving.rounds import FLOOR, OURS, Rounds, ratio
from benchmarks.serving.sampling import draw_requests
from benchmarks.serving.workloads import WORKLOADS, in_tsquery

EVENTS = 200


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> SyntheticDataset:
    return sqlite_dataset(tmp_path_factory.mktemp("bases"), EVENTS)


@pytest.fixture(scope="module")
def rounds(dataset: SyntheticDataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rounds]:
    """Our server and the minimal servers for comparison, on a small database."""
    folder = tmp_path_factory.mktemp("logs")
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sampling, "SECONDS", 0.01)
        ours = stack.enter_context(servers.ours(dataset.url, folder))
        floor, bare = (stack.enter_context(each) for each in servers.floors(folder))
        yield Rounds([ours, floor, bare], query_values_of(dataset.url, ours.port, EVENTS))


def test_a_base_is_made_once_and_its_load_remembered(dataset: SyntheticDataset):
    file = Path(dataset.url.database or "")
    assert file.name == "bench-2e2.db"
    before = file.stat()
    again = sqlite_dataset(file.parent, EVENTS)
    assert file.stat().st_ino == before.st_ino
    assert again.load == dataset.load
    assert again.load is not None
    assert 0 < again.load.making_up < again.load.cpu
    assert size_name(1_000_000) == "1e6"


def test_every_workload_is_answered_and_by_as_many_bytes_from_the_floor(rounds: Rounds):
    for workload in WORKLOADS:
        rounds.run(workload, 0)
        assert rounds.costs[workload.name, OURS][0].cpu > 0, workload.name
        assert (times := ratio(rounds.costs, workload.name, OURS, FLOOR)), workload.name
        assert 0.2 < times < 1_000
    assert ("W1", TIMES_FLOOR) in figures_of(rounds.costs)
    assert len(list(cost_table(rounds.costs, [OURS, FLOOR]))) == 2 + len(WORKLOADS)


def test_questions_are_the_same_for_every_server_and_differ_between_rounds(rounds: Rounds):
    for workload in WORKLOADS:
        one, same, other = (
            list(islice(draw_requests(workload, rounds.values, seed), 9)) for seed in "112"
        )
        assert one == same
        if not workload.hot and not workload.few_distinct:
            assert one != other, workload.name


def test_an_answer_with_another_status_is_not_counted(rounds: Rounds):
    with pytest.raises(Unmeasured, match="404"):
        send_requests(rounds.targets[0].port, [Request("/v1/events/none", {})], 1)


def test_a_search_is_told_to_each_database_in_its_own_words(rounds: Rounds):
    rare = next(each for each in WORKLOADS if each.name == "W5 rare")
    path = rare.draw(Random(1), rounds.values).textbook
    assert path is not None
    assert in_tsquery(path) != path
    assert in_tsquery("/count?type=x") == "/count?type=x"


def test_goals_are_judged_in_both_directions():
    most, least = Goal("W1", "a", most=5), Goal("W1", "b", least=5)
    lines = compared_with_goals([most, least, *GOALS[:1]], {("W1", "a"): 6, ("W1", "b"): 6})
    assert [line[-1] for line in lines] == ["**missed**", "met", "not measured"]
