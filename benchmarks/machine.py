"""Name the machine that a table was measured on."""

import os
import platform
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
