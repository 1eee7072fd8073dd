"""A chain file as batches of columns under our names: csv, csv.gz, txt or parquet, by pyarrow."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hedgerow.market.chains.layout import Layout, column_name, layout_of
from hedgerow.market.chains.report import MALFORMED, ChainReport
from hedgerow.market.data_fault import DataFault

if TYPE_CHECKING:
    import pyarrow as pa

    Columns = dict[str, pa.Array]

ENDINGS = (".csv", ".csv.gz", ".txt", ".txt.gz", ".parquet")
_BLOCK = 1 << 22  # bytes of text a batch
_BATCH = 1 << 16  # rows of parquet a batch
_NULLS = ["", "NA", "N/A", "n/a", "nan", "NaN", "null", "NULL", "None", "-", "."]


def batches_of(
    path: Path, own: Sequence[Layout], report: ChainReport
) -> tuple[Layout, Iterator[Columns]]:
    """The layout of a file and its columns under our names. DataFault where it cannot be read."""
    try:
        import pyarrow  # noqa: F401 asked for once, here, with a way out
    except ImportError:
        raise DataFault(
            str(path), "reading recorded chains needs pyarrow", "run pip install 'hedgerow[data]'"
        ) from None
    header = _parquet_header(path) if path.suffix == ".parquet" else _text_header(path)
    names = [column_name(written) for written in header]
    layout = layout_of(path, names, own)
    used = layout.used(names)
    for theirs in used.values():
        if names.count(theirs) > 1:
            problem = f"{names.count(theirs)} columns named {theirs}"
            raise DataFault(f"{path}, row 1", problem, "keep one of them")
    read = _parquet_batches if path.suffix == ".parquet" else _text_batches
    return layout, read(path, names, used, report)


def _text_header(path: Path) -> list[str]:
    try:
        if path.suffix == ".gz":
            with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as compressed:
                line = compressed.readline(1 << 16)
        else:
            with path.open(encoding="utf-8-sig", newline="") as plain:
                line = plain.readline(1 << 16)
    except UnicodeDecodeError:
        remedy = "save it as UTF-8 comma-separated text"
        raise DataFault(str(path), "the file is not text", remedy) from None
    except (OSError, EOFError) as error:
        raise _unreadable(path, error) from None
    if not line.strip():
        raise DataFault(str(path), "the file is empty", "its first row must name the columns")
    return next(csv.reader([line]))


def _text_batches(
    path: Path, names: list[str], used: dict[str, str], report: ChainReport
) -> Iterator[Columns]:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    def malformed(_: Any) -> str:
        report.read += 1
        report.drop(MALFORMED, 1)
        return "skip"

    wanted = list(dict.fromkeys(used.values()))
    # a column nobody asked for may bear the name of another
    unique = [name if name in wanted else f"{position}" for position, name in enumerate(names)]
    try:
        with arrow_csv.open_csv(
            path,
            arrow_csv.ReadOptions(block_size=_BLOCK, column_names=unique, skip_rows=1),
            arrow_csv.ParseOptions(invalid_row_handler=malformed),
            arrow_csv.ConvertOptions(
                include_columns=wanted,
                column_types=dict.fromkeys(wanted, pa.string()),
                null_values=_NULLS,
                strings_can_be_null=True,
            ),
        ) as reader:
            for batch in reader:
                yield {ours: batch.column(theirs) for ours, theirs in used.items()}
    except pa.ArrowInvalid as error:
        if "Empty CSV" not in str(error):
            raise _unreadable(path, error) from None
    except (OSError, EOFError) as error:
        raise _unreadable(path, error) from None


def _parquet_header(path: Path) -> list[str]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        names: list[str] = parquet.read_schema(path).names
    except (pa.ArrowInvalid, OSError) as error:
        raise _unreadable(path, error) from None
    return names


def _parquet_batches(
    path: Path, names: list[str], used: dict[str, str], _: ChainReport
) -> Iterator[Columns]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            written = dict(zip(names, file.schema_arrow.names, strict=True))
            wanted = [written[theirs] for theirs in used.values()]
            for batch in file.iter_batches(_BATCH, columns=list(dict.fromkeys(wanted))):
                yield {ours: batch.column(written[theirs]) for ours, theirs in used.items()}
    except (pa.ArrowInvalid, OSError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> DataFault:
    reason = " ".join(str(error).split())[:160]
    return DataFault(str(path), f"the file cannot be read ({reason})", "save or fetch it again")
