"""`make test` never fails by chance: no property test is random or watched by a clock."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings


def settings_of(test):
    """What a property test runs with, its own `@settings` over the profile's."""
    return getattr(test, "_hypothesis_internal_use_settings", settings())


@pytest.mark.skipif("PATLAS_HYPOTHESIS" in os.environ, reason="exploring at random was asked for")
def test_every_property_test_of_this_run_has_the_fixed_profile(request):
    tests = {item.obj for item in request.session.items if is_hypothesis_test(getattr(item, "obj", None))}
    for test in tests:
        own = settings_of(test)
        assert own.derandomize, test
        assert own.deadline is None, test
        assert own.database is None, test
        assert HealthCheck.too_slow in own.suppress_health_check, test
    assert settings().derandomize and settings().deadline is None and settings().database is None
