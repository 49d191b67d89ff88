"""How pages call what the data calls otherwise; what has no entry is called as it is."""

from __future__ import annotations

CERTAINTY_WORDS = {
    "factive": "told as true", "distancing": "told as a claim", "tentative": "source not sure", "neutral": "truth left open",
}  # fmt: skip
PLACE_WORDS = {
    "country": "country", "admin1": "province or state", "admin2": "district or county", "city": "town", "region": "region",
    "landmark": "site",
}  # fmt: skip
FIELD_WORDS = {"auxiliary": "told as", "chain": "who says so", "statement": "in words", "counts": "people"}
BASIS_WORDS = {
    "text": "in the text", "inferred": "inferred from the text", "document": "from the day of printing", "unknown": "not told",
}  # fmt: skip
VOICE_WORDS = {"article": "the article itself", "named": "named sources", "unnamed": "an unnamed source"}
FACET_WORDS = {
    "q": "words", "code": "party's code begins", "since": "from", "until": "to", "status": "told as", "voice": "on the word of",
    "confidence": "confidence at least", "quad": "class", "country": "country of the place", "party": "actor or recipient",
}  # fmt: skip
