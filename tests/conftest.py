"""Settings of the whole test run."""

import os
from pathlib import Path

from hypothesis import settings

# Solved surfaces are kept beside the tests' other caches, not in the user's.
os.environ["XDG_CACHE_HOME"] = str(Path(__file__).parent.parent / ".pytest_cache")

# A slow machine is not a failing law; campaigns try more examples than the default suite. What a
# build says depends on the code alone; new examples are looked for everywhere else.
settings.register_profile(
    "hedgerow", deadline=None, max_examples=50, derandomize="CI" in os.environ, print_blob=True
)
settings.load_profile("hedgerow")
