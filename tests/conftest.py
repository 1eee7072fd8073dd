"""Settings of the whole test run."""

import os
from pathlib import Path

from hypothesis import settings

# Solved surfaces are kept beside the tests' other caches, not in the user's.
os.environ["XDG_CACHE_HOME"] = str(Path(__file__).parent.parent / ".pytest_cache")

settings.register_profile("hedgerow", deadline=None)  # a slow machine is not a failing law
settings.load_profile("hedgerow")
