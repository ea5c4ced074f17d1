"""The file that the small assignment works on."""

import numpy as np


def write(folder):
    """Write a table of two rows."""
    np.save(folder / "table.npy", [[1.0, 2.0], [5.0, 8.0]])
