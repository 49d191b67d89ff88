"""Doc and Findings → Statements, the chain that holds for each stretch of text, and judgements."""

from .stage import make_attributor

__all__ = ["make_attributor"]
