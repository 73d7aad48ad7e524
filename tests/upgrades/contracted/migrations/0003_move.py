"""As it was in the version before."""

from importlib import import_module

Migration = import_module("tests.upgrades.expanded.migrations.0003_move").Migration
