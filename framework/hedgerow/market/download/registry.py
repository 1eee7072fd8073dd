"""Which series are published where: `sources.yaml`, checked with pydantic."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from hedgerow.market.data_fault import DataFault

Day = date  # inside `PublicSource`, `date` is a field


class PublicSource(BaseModel):
    """What is published as a table of dates and values, one for each contract, or a schedule."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    url: str = Field(pattern="^https://")
    title: str
    licence: str
    date: tuple[str, ...] = ()  # names a file may give the column, in small letters
    close: tuple[str, ...] = ()
    contracts_from: Day | None = None  # the first expiry: `{expiry}` in the URL stands for each
    archive: str | None = Field(None, pattern="^https://")  # of older ones: `{code}` is like F04
    release: str | None = None  # what an iCalendar schedule calls it: its days are fetched
    meetings: bool = False  # a page of meetings: the days of their decisions are fetched

    @property
    def is_calendar(self) -> bool:
        """Days of events, not a series."""
        return self.meetings or self.release is not None

    @property
    def origin(self) -> str:
        """Where something is wrong with what is published."""
        return f"{self.name} from {self.url}"

    def address(self, mirror: str | None, url: str | None = None) -> str:
        """Its URL, or another one; on a mirror the host is the first part of the path."""
        url = url or self.url
        if mirror is None:
            return url
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        return f"{mirror.rstrip('/')}/{parts.netloc}{parts.path}{query}"


@lru_cache(maxsize=1)
def public_sources() -> dict[str, PublicSource]:
    """Every source by the name of its series."""
    import yaml

    text = files("hedgerow.market.download").joinpath("sources.yaml").read_text("utf-8")
    return {each["name"]: PublicSource.model_validate(each) for each in yaml.safe_load(text)}


def chosen(names: Sequence[str]) -> list[PublicSource]:
    """The sources of these names; without names every series of one file. DataFault where there is
    none of a name."""
    known = public_sources()
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name.upper(), known, 1)
            remedy = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
            raise DataFault(name, "no public source is known for it", remedy)
    single = [name for name, source in known.items()
              if source.contracts_from is None and not source.is_calendar]  # fmt: skip
    return [known[name] for name in dict.fromkeys(names or single)]


def mirror_from(text: str | None) -> str | None:
    """A base address to fetch from instead. DataFault where it is none."""
    if not text:
        return None
    if urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).netloc:
        raise DataFault(text, "no address to download from", "write it like https://host/path")
    return text
