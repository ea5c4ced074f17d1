"""Pack the built site into one file to take along: ``_build/the-geometry-of-embeddings-site.zip``."""

import zipfile
from pathlib import Path

from embedding_geometry._whole_files import written_whole

from tools.built_site import NAME, ROOT, site_folder

ARCHIVE = ROOT / "_build" / f"{NAME}-site.zip"


def pack(folder: Path, archive: Path) -> None:
    """Write every file of a folder, but no earlier archive, under one folder."""
    with (
        written_whole(archive) as unfinished,
        zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith(archive.name):
                packed.write(path, Path(NAME, path.relative_to(folder)))


if __name__ == "__main__":
    pack(site_folder(), ARCHIVE)
    print(f"{ARCHIVE.relative_to(ROOT)}: {ARCHIVE.stat().st_size / 1e6:.1f} MB")
