"""Name the machine that a table was measured on, and keep one table for each."""

import os
import platform
import re
from pathlib import Path


def machine(**versions: str) -> str:
    """Return the processor, the cores, the load and the versions, for a line above a table."""
    try:
        cpu = next(line for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line)
        cpu = cpu.split(":")[1].strip()
    except (OSError, StopIteration):
        cpu = platform.processor()
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    return f"{cpu}, {os.cpu_count()} cores; load average {load}; Python {platform.python_version()}, {named}"


def keep(file: Path, measured_on: str, lines: list[str]) -> None:
    """Put what a machine measured in the place of what it measured before, or at the end of a file.

    Parameters
    ----------
    file : Path
        Text in Markdown, with a section for each machine.
    measured_on : str
        What ``machine`` returns; the processor and the cores are the heading.
    lines : list of str
    """
    heading = f"## {measured_on.partition(';')[0]}"
    head, *sections = re.split(r"^(?=## )", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    others = [section for section in sections if not section.startswith(f"{heading}\n")]
    ours = "\n".join([heading, "", *lines]) + "\n"
    file.write_text(head + "\n".join([*(other.rstrip() + "\n" for other in others), ours]), encoding="utf-8")
