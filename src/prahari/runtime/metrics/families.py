"""Small help to write families of figures as `prometheus_client` wants them."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

Rows = Iterable[tuple[tuple[str, ...], float]]
"""(values of the labels, figure)"""


def gauge(name: str, help_: str, labels: tuple[str, ...], rows: Rows) -> Metric:
    family = GaugeMetricFamily(f"prahari_{name}", help_, labels=labels)
    for values, figure in rows:
        family.add_metric(values, figure)
    return family


def counter(name: str, help_: str, labels: tuple[str, ...], rows: Rows) -> Metric:
    """`_total` is put behind the name."""
    family = CounterMetricFamily(f"prahari_{name}", help_, labels=labels)
    for values, figure in rows:
        family.add_metric(values, figure)
    return family
