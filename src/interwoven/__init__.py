"""Interwoven: a private place where a couple practises intimacy, alone and together."""

__version__ = "0.1.0"
