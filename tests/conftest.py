"""Settings of the whole test run."""

import os
from pathlib import Path

from hypothesis import settings

# Solved surfaces are kept beside the tests' other caches, not in the user's.
os.environ["XDG_CACHE_HOME"] = str(Path(__file__).parent.parent / ".pytest_cache")

# A slow machine is not a failing law; campaigns try more examples than the default suite.
settings.register_profile("hedgerow", deadline=None, max_examples=50)
settings.load_profile("hedgerow")
