"""Measures a copy of Interwoven against the smallest page its server can give. See ./bench -h."""
