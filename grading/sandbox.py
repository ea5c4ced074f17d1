"""A sandbox for code that nobody has read: no network, no files of the host, limits on all that it may use.

It is made by bubblewrap (Debian's package ``bubblewrap``). What runs inside sees the system's programs,
this Python environment and the course's library, all read-only, and a throw-away folder in memory.
"""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import psutil

NOBODY = 65534  # whom code of students runs as, where the grader is root
MEGABYTE = 2**20
WORK = "/tmp/work"  # where the code of students begins
# Nothing of the teacher's environment: what a process was started with can be read in /proc.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MPLBACKEND": "agg"}
# Of several at a time, each with as many threads as there are cores, most threads wait for one another.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
ENVIRONMENT |= ONE_THREAD


class Walls(Enum):
    """What stands between a student's code and the machine."""

    BUBBLEWRAP = "bubblewrap"
    """Namespaces of its own: no network, and no file but those that it needs."""
    ACCOUNT = "account"
    """The account *nobody* alone, where root grades and there is no bubblewrap, as on Gradescope."""
    NONE = "none"
    """None: the code has all rights of whoever grades."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use."""

    seconds: float = 300
    memory: int = 4096 * MEGABYTE
    """Of each process, and of all of them together, in bytes."""
    processes: int = 120
    """Threads count as well."""
    file_size: int = 64 * MEGABYTE
    """Of each file."""
    folder_size: int = 256 * MEGABYTE
    """Of the one folder that can be written to; shared memory has a quarter of it besides."""


class NoSandboxError(RuntimeError):
    """There is no working bubblewrap on this machine."""


def check() -> None:
    """Raise ``NoSandboxError``, with a word of what to do, unless code can be run in a sandbox here."""
    if shutil.which("bwrap") is None:
        raise NoSandboxError("there is no bubblewrap here; on Debian and Ubuntu: apt install bubblewrap")
    for program, fault in [
        (["true"], "bubblewrap does not work here"),
        (
            [sys.executable, "-c", "import IPython, numpy, embedding_geometry"],
            "Python does not start in the sandbox",
        ),
    ]:
        command = [*_bubblewrap({}, 2**20), *program]
        trial = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        if trial.returncode:
            raise NoSandboxError(f"{fault}: {trial.stderr.strip()[-300:]}")


def run(
    command: Sequence[str],
    files: dict[str, Path],
    limits: Limits,
    finished: Callable[[float], bool],
    *,
    channel: socket.socket,
    walls: Walls = Walls.BUBBLEWRAP,
) -> str:
    """Run a command in a sandbox of its own until somebody says that it may end, and throw all of it away.

    Parameters
    ----------
    command : sequence of str
        A path that `files` has as a key may stand in it.
    files : dict of str to Path
        What the command may read besides the system: the path inside, and the file of the host. What lies
        in ``/tmp/work`` is in the folder where it begins.
    limits : Limits
        Of which the seconds are whoever is `finished` to keep.
    finished : callable
        Waits for the given seconds at the most, and returns whether the command may be ended.
    channel : socket.socket
        Inherited by the command under the same descriptor; closed on this side.
    walls : Walls

    Returns
    -------
    str
        "memory" if that ended it, or "".
    """
    with tempfile.TemporaryDirectory() as folder:
        environment, start = dict(ENVIRONMENT), folder
        if walls is Walls.BUBBLEWRAP:
            command = [*_bubblewrap(files, limits.folder_size), *command]
        else:
            root = Path(folder)
            (root / WORK.lstrip("/")).mkdir(parents=True)
            for inside, path in files.items():
                (root / inside.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, root / inside.lstrip("/"))
            command = [str(root / part.lstrip("/")) if part in files else part for part in command]
            start = str(root / WORK.lstrip("/"))
            environment["HOME"] = start
            if walls is Walls.ACCOUNT:
                for path in (root, *root.rglob("*")):
                    os.chown(path, NOBODY, NOBODY)
                command = [*_as_nobody(), *command]
        owner = NOBODY if walls is not Walls.NONE and os.geteuid() == 0 else os.geteuid()
        most = _threads_of(owner) + limits.processes

        process = subprocess.Popen(
            [*_limited(limits, most), *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=start,
            start_new_session=True,
            pass_fds=(channel.fileno(),),
        )
        channel.close()  # so that the other end hears when the command is gone
        try:
            stopped = ""
            while not stopped and not finished(0.3):
                if _memory_of(process.pid) > limits.memory:
                    stopped = "memory"
            return stopped
        finally:
            _end(process)


def _limited(limits: Limits, most: int) -> list[str]:
    """Return the command that limits another one; without it, memory and time are watched alone."""
    if shutil.which("prlimit") is None:
        return []
    sizes = [f"--as={limits.memory}", f"--fsize={limits.file_size}", f"--nproc={most}", "--core=0"]
    return ["prlimit", *sizes, "--"]


def _end(process: subprocess.Popen) -> None:
    """End a process with all that it has started."""
    for one in [*_family(process.pid), process]:
        try:
            one.kill()
        except psutil.NoSuchProcess:
            continue
    process.wait()


def _family(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _memory_of(pid: int) -> int:
    """Return the bytes in use by a process and its children; what forks share counts once."""
    family = _family(pid) + ([psutil.Process(pid)] if psutil.pid_exists(pid) else [])
    total = 0
    for one in family:
        try:
            memory = one.memory_info()
            # To count what is shared takes a walk over all pages, so only where there is something to share.
            total += one.memory_full_info().pss if len(family) > 3 else memory.rss - memory.shared
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return total


def _threads_of(owner: int) -> int:
    total = 0
    for one in psutil.process_iter(["uids", "num_threads"]):
        if one.info["uids"] and one.info["uids"].real == owner:
            total += one.info["num_threads"] or 0
    return total


def _as_nobody() -> list[str]:
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"]


def _bubblewrap(files: dict[str, Path], folder_size: int) -> list[str]:
    """Return the bubblewrap command that a program is put behind."""
    spec = importlib.util.find_spec("embedding_geometry")
    library = Path(spec.origin).parents[1] if spec and spec.origin else Path(sys.prefix)
    command = ["bwrap", "--die-with-parent", "--new-session", "--clearenv"]
    command += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    # Before all else: the course itself may lie below /tmp.
    command += ["--proc", "/proc", "--dev", "/dev"]
    command += ["--perms", "1777", "--size", str(folder_size // 4), "--tmpfs", "/dev/shm"]
    command += ["--perms", "1777", "--size", str(folder_size), "--tmpfs", "/tmp"]
    own = {str(path): Path(path) for path in (sys.base_prefix, sys.prefix, library)} | files
    # bubblewrap makes folders above what it binds for their owner alone.
    above = {str(folder): None for inside in [*own, "/etc/x"] for folder in reversed(Path(inside).parents)}
    for folder in above:
        if folder not in ("/", "/tmp", WORK):
            command += ["--perms", "0755", "--dir", folder]
    command += ["--perms", "1777", "--dir", WORK]
    for system in ("/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/alternatives"):
        command += ["--ro-bind-try", system, system]
    for inside, path in own.items():
        command += ["--ro-bind", str(path), inside]
    # What can be written has a size: the folders that hold the rest are in memory too.
    command += ["--remount-ro", "/dev", "--remount-ro", "/"]
    for name, value in {**ENVIRONMENT, "HOME": "/tmp"}.items():
        command += ["--setenv", name, value]
    command += ["--chdir", WORK, "--"]
    return command + (_as_nobody() if os.geteuid() == 0 else [])
