"""An embedding under damage, and the meters that notice or do not."""

import anywidget
import pandas as pd
import traitlets

from embedding_geometry.meters import METERS, damage_table
from embedding_geometry.widgets._sources import joined


class DamageMeters(anywidget.AnyWidget):
    """Choose a kind of damage and its strength, and read seven meters of GloVe 6B 50d.

    Every value was measured by ``meters.measure`` on the words of the course. A meter counts as having
    noticed when it moved by more than a tenth of its healthy value.

    Parameters
    ----------
    kind : {"rotate", "shift", "stretch", "collapse", "noise", "permute"}
        The damage at the start, at strength zero.
    table : DataFrame, optional
        As ``meters.damage_table()`` returns it, which is used where none is given. Its first row is healthy.

    Raises
    ------
    ValueError
        If `kind` isn't in the table.
    """

    _esm = joined("shared.js", "damage_meters.js")
    _css = joined("shared.css", "damage_meters.css")

    table = traitlets.List(traitlets.Dict()).tag(sync=True)
    meters = traitlets.List(traitlets.Unicode()).tag(sync=True)
    kind = traitlets.Unicode().tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)

    def __init__(self, kind: str = "shift", table: pd.DataFrame | None = None) -> None:
        table = damage_table() if table is None else table
        if kind not in set(table["kind"]):
            raise ValueError(f"kind must be one of {', '.join(table['kind'].unique())}, not {kind!r}")
        super().__init__(table=table.to_dict("records"), meters=list(METERS), kind=kind)
