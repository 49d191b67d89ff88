"""The model, loaded once for all tests that need it. A CI that expects it fails where it is missing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import masudi
from masudi.errors import ConfigError

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def coder() -> masudi.Coder:
    try:
        return masudi.load()
    except ConfigError as error:
        if os.environ.get("MASUDI_EXPECT_MODEL"):
            raise
        pytest.skip(f"no language model: {error}")
