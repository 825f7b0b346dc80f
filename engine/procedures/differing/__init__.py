"""What two versions of a procedure differ in, told as people talk about procedures: steps, questions, rows, texts. Pure."""

from .compare import differences
from .difference import Difference, number, said
from .tables import cell

__all__ = ["Difference", "cell", "differences", "number", "said"]
