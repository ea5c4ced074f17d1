"""One palette for figures and widgets: a colour means the same thing everywhere.

The colours are those of Okabe and Ito (2008), which readers with any of the common colour-vision deficiencies
can tell apart.
"""

PALETTE = {
    "a": "#0072B2",  # the first group, or the query
    "b": "#D55E00",  # the second group; false or lost
    "c": "#009E73",  # the third group; a true neighbour
    "d": "#E69F00",  # a mean, a mixture, a read-out
    "direction": "#CC79A7",  # a direction, a rule, a separating line
    "muted": "#767676",
}
# The same hues with enough contrast for letters, too: on light ground, and on dark.
ON_LIGHT = {"a": "#0072b2", "b": "#b84e00", "c": "#00795a", "d": "#8f6400", "direction": "#a8487f"}
ON_DARK = {"a": "#56b4e9", "b": "#f0894a", "c": "#3ccfa4", "d": "#f0b429", "direction": "#e39ac3"}
