"""The built-in functions of DMN 1.5 (10.3.4), one file a chapter. Importing this package registers them all."""

from rules.feel.builtins import aggregates, contexts, conversion, lists, moments, numeric, ranges, strings
from rules.feel.signature import BUILTINS

__all__ = ["BUILTINS", "aggregates", "contexts", "conversion", "lists", "moments", "numeric", "ranges", "strings"]
