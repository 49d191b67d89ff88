"""From a store to files: one module per format."""

from .csv import export_csv
from .jsonl import coded_articles, export_jsonl

FORMATS = {"csv": export_csv, "jsonl": export_jsonl}

__all__ = ["FORMATS", "coded_articles", "export_csv", "export_jsonl"]
