"""An embedding under damage, and the meters that notice or do not."""

import pandas as pd
import traitlets

from embedding_geometry._validation import as_floats, check_choice, check_count, check_type
from embedding_geometry.meters import METERS, damage_table
from embedding_geometry.widgets.course_widget import CourseWidget, fixed

KIND_NAMES = {
    "rotate": "rotate all",
    "shift": "shift all",
    "stretch": "stretch one axis",
    "collapse": "collapse the rank",
    "noise": "add noise",
    "permute": "permute rows",
}
NOTICEABLE = 0.1  # a meter has noticed when it moved by a tenth of its healthy value


class DamageMeters(CourseWidget):
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
        If `kind` isn't in the table, or the table lacks a column or holds anything but finite numbers.
    TypeError
        If `table` is no data frame.
    """

    # Each with its name and its steps: the strength, the values, who noticed.
    kinds = traitlets.List(traitlets.Dict()).tag(sync=True)
    healthy = traitlets.Dict().tag(sync=True)
    meters = traitlets.List(traitlets.Unicode(), list(METERS)).tag(sync=True)
    kind = traitlets.Unicode().tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    _fixed = fixed("kinds", "healthy", "meters")

    def __init__(self, kind: str = "shift", table: pd.DataFrame | None = None) -> None:
        table = damage_table() if table is None else table
        check_type(table, "table", pd.DataFrame, "a data frame such as damage_table() returns")
        if missing := [name for name in ("kind", "strength", *METERS) if name not in table]:
            raise ValueError(f"table has no column {missing[0]!r}: it needs those of damage_table()")
        as_floats(table[["strength", *METERS]], "table")
        check_choice(kind, "kind", table["kind"].unique())
        values = table[list(METERS)]
        noticed = (values - values.iloc[0]).abs() > NOTICEABLE * values.iloc[0].abs()
        steps = [
            {
                "strength": row.strength,
                "values": values.iloc[i].to_dict(),
                "noticed": noticed.columns[noticed.iloc[i]].tolist(),
            }
            for i, row in enumerate(table.itertuples())
        ]
        super().__init__(
            kinds=[
                {
                    "kind": name,
                    "name": KIND_NAMES.get(name, name),
                    "steps": [step for step, its in zip(steps, table["kind"], strict=True) if its == name],
                }
                for name in table["kind"].unique()
            ],
            healthy=values.iloc[0].to_dict(),
            kind=kind,
        )

    @traitlets.validate("kind")
    def _check_kind(self, proposal):
        return check_choice(proposal["value"], "kind", [kind["kind"] for kind in self.kinds])

    @traitlets.validate("step")
    def _check_step(self, proposal):
        return check_count(proposal["value"], "step", least=0)
