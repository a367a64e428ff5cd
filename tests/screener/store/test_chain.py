"""The order of events."""

from screener import create_project
from screener.store.chain import Order


def test_the_order_is_read_from_the_logs_and_not_from_every_event(tmp_path):
    with create_project(tmp_path / "review.screener", title="T") as project:
        connection, said = project._file.connection, []
        connection.set_trace_callback(said.append)
        Order(connection.execute)
        connection.set_trace_callback(None)
        (query,) = said
        plan = [line for *_, line in connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert plan[0].startswith("SCAN l")
    assert not any(line.startswith("SCAN") for line in plan[1:])
