"""A JupyterHub for one class on one server; README.md beside it says how to use it and what it is not for.

With CLASSROOM_PASSWORD it is a trial: any name with that password, and all servers run under your account.
Without, it is the class: root starts it, and each student is an account of this server.
"""

import grp
import os
import sys
from pathlib import Path

c = get_config()  # type: ignore[name-defined]  # noqa: F821

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.prefix) / "bin"
STATE = Path(os.environ.get("CLASSROOM_STATE", ROOT / "_build/classroom/state")).resolve()
PASSWORD = os.environ.get("CLASSROOM_PASSWORD")


def whole_number(name: str, default: int) -> int:
    """Read a positive whole number from the environment."""
    text = os.environ.get(name, str(default))
    if not text.isdecimal() or int(text) == 0:
        sys.exit(f"{name} is {text!r}: write a whole number above 0, such as {default}.")
    return int(text)


# The database and the key of the cookies: nobody else's business.
STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
os.chdir(STATE)
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.JupyterHub.db_url = f"sqlite:///{STATE / 'hub.sqlite'}"

# Passwords travel in the clear up to here: a proxy with TLS stands in front, on the same server.
c.JupyterHub.bind_url = os.environ.get("CLASSROOM_URL", "http://127.0.0.1:8000")
c.ConfigurableHTTPProxy.command = [
    str(ROOT / "_build/classroom/node_modules/.bin/configurable-http-proxy"),
    # What the proxy in front says of the reader's connection arrives as it is, so that cookies keep to TLS.
    "--no-x-forward",
]

# The limit holds for each process, so a kernel that asks for more gets a MemoryError and lives on.
limits = [f"--data={whole_number('CLASSROOM_MEMORY_MB', 1024) * 2**20}"]
if PASSWORD:
    c.JupyterHub.authenticator_class = "shared-password"
    c.SharedPasswordAuthenticator.user_password = PASSWORD
    c.Authenticator.allow_all = True
    c.JupyterHub.spawner_class = "simple"
    c.SimpleLocalProcessSpawner.home_dir_template = str(STATE / "students/{username}")
elif os.geteuid() == 0:
    # Without one of them every login would fail.
    groups = {group.gr_name for group in grp.getgrall()}
    for name in ("students", "teachers"):
        if name not in groups:
            sys.exit(f"This server has no group {name!r}: make it with `groupadd {name}`.")
    c.JupyterHub.authenticator_class = "pam"
    c.PAMAuthenticator.allowed_groups = {"students"}
    c.PAMAuthenticator.admin_groups = {"teachers"}
    c.JupyterHub.spawner_class = "localprocess"
    # Stops a loop that starts processes before it stops the class.
    limits.append("--nproc=256")
else:
    sys.exit("For a trial, set CLASSROOM_PASSWORD to 8 characters or more; for a class, start this as root.")

c.Spawner.cmd = ["prlimit", *limits, "--", str(BIN / "jupyterhub-singleuser")]
# Students share the processors, so each kernel computes on one thread; `otter` is found in a terminal.
c.Spawner.environment = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
}
# A whole class that starts at once takes turns.
c.Spawner.start_timeout = c.Spawner.http_timeout = 180

# Memory comes back from those who left; their files stay.
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [
            sys.executable,
            "-m",
            "jupyterhub_idle_culler",
            f"--timeout={60 * whole_number('CLASSROOM_IDLE_MINUTES', 60)}",
        ],
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    }
]
