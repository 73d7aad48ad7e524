"""The product's own, unchanged."""

from importlib import import_module

Migration = import_module("interwoven.infra.migrations.0001_initial").Migration
