"""What a study cannot do, said to the person who asked for it."""

from hedgerow.text.fault import Fault


class StudyFault(Fault):
    """Raised at the door."""
