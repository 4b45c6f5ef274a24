"""Properties of the law are pure and deterministic: a slow, shared machine is no reason to fail one of them."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("law", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("law")
