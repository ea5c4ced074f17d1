"""Packages from npm that only the tests need: fetched once, in a named version, into ``_build/npm``."""

import shutil
import subprocess
from pathlib import Path

from small_book import ROOT


def npm_package(name: str, version: str) -> Path:
    """Return the folder of the files of a package."""
    cache = ROOT / "_build" / "npm" / f"{name.replace('/', '-')}-{version}"
    if not (cache / "package").exists():
        assert shutil.which("npm"), "npm isn't on the PATH: install Debian's package `npm`"
        cache.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(
            ["npm", "pack", "--silent", f"{name}@{version}"],
            cwd=cache,
            capture_output=True,
            text=True,
            check=True,
        )
        shutil.unpack_archive(cache / packed.stdout.strip(), cache, filter="data")
    return cache / "package"
