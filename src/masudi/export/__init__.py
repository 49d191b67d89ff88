"""From a store to files: one module per format."""

from .csv import export_csv
from .gold import export_gold, export_proposals
from .jsonl import coded_articles, coded_in_part, export_jsonl
from .quotes import export_quotes, export_quotes_jsonl

FORMATS = {
    "csv": export_csv,
    "jsonl": export_jsonl,
    "gold": export_gold,
    "proposals": export_proposals,
    "quotes": export_quotes,
    "quotes-jsonl": export_quotes_jsonl,
}

__all__ = ["FORMATS", "coded_articles", "coded_in_part", "export_csv", "export_jsonl"]
