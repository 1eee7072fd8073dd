"""Years of chains are read in the memory of a few days."""

import pytest

from tests.benchmarks.chain_days import readings


@pytest.mark.campaign
def test_sixty_days_of_chains_take_no_more_memory_than_ten() -> None:
    few, many = readings(10, 60)

    assert (few.quotes, many.quotes) == (200_000, 1_200_000)
    assert many.grown < 1.25 * few.grown + 20
