"""Doc and Findings → Statements and the chain that holds for each stretch of text."""

from .statements import make_attributor

__all__ = ["make_attributor"]
