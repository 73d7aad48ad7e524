"""The product's settings, in a version that is made up: LATER is `expanded` or `contracted`."""

from __future__ import annotations

import os

from interwoven.config.settings import *  # noqa: F403 - settings are laid over settings

MIGRATION_MODULES = {"infra": f"tests.upgrades.{os.environ['LATER']}.migrations"}
