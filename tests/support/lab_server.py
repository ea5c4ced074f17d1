"""A JupyterLab with nothing of this machine's own settings in it."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tools.built_site import ROOT

SETTINGS: dict[str, dict] = {
    "apputils-extension/notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    # Cells out of sight are rendered too, so that all of a notebook can be looked at.
    "notebook-extension/tracker": {"windowingMode": "none"},
}
WIDGETS = [
    "# Widgets\n\n:::{admonition} Predict\n:class: tip\nWhat will happen?\n:::",
    "from embedding_geometry.widgets import Plane, WordExplorer",
    """plane = Plane({'u': (1, 0), 'v': (0, 1)}, show=('dot', 'cosine', 'rule'), rule=(0, -1, 0))
plane""",
    "explorer = WordExplorer('cat')\nexplorer",
    "WordExplorer('dog')",
    "print(plane.vectors)",
]


class Lab:
    """A running JupyterLab: its address, and the folder that it shows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notebooks = folder / "notebooks"
        self.library = folder / "lib"
        self.token = secrets.token_hex(16)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"http://127.0.0.1:{free.getsockname()[1]}/"

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        own = {
            name: str(self.folder / name.lower())
            for name in (
                "HOME",
                "JUPYTER_CONFIG_DIR",
                "JUPYTER_DATA_DIR",
                "JUPYTER_RUNTIME_DIR",
                "IPYTHONDIR",
                "JUPYTERLAB_SETTINGS_DIR",
                "JUPYTERLAB_WORKSPACES_DIR",
            )
        }
        self.settings = Path(own["JUPYTERLAB_SETTINGS_DIR"])
        for path in own.values():
            Path(path).mkdir()
        for name, values in SETTINGS.items():
            self.set(name, values)
        port = self.address.rpartition(":")[2].strip("/")
        with open(self.folder / "lab.log", "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [
                    Path(sys.executable).with_name("jupyter"),
                    "lab",
                    "--no-browser",
                    "--allow-root",
                    "--ip=127.0.0.1",
                    f"--port={port}",
                    "--ServerApp.port_retries=0",
                    f"--IdentityProvider.token={self.token}",
                    f"--notebook-dir={self.notebooks}",
                    "--expose-app-in-browser",  # tests start its commands, as its menus do
                ],
                env=os.environ | own | {"PYTHONPATH": str(ROOT / "lib")},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.address}api?token={self.token}").close()
                return
            except OSError:
                assert self.process.poll() is None, (self.folder / "lab.log").read_text(encoding="utf-8")
                time.sleep(0.1)
        raise AssertionError("JupyterLab didn't start within 30 seconds")

    def set(self, name: str, values: dict) -> None:
        """Write the user's settings of an extension."""
        path = self.settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")

    def stop(self) -> None:
        """Stop the server, and with it the kernels."""
        self.process.terminate()
        self.process.wait(timeout=20)
