"""Settings of the whole test run."""

from hypothesis import settings

settings.register_profile("hedgerow", deadline=None)  # a slow machine is not a failing law
settings.load_profile("hedgerow")
