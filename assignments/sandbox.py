"""A sandbox for code that nobody has read: no network, no files of the host, limits on all that it may use.

It is made by bubblewrap (Debian's package ``bubblewrap``). What runs inside sees the system's programs,
this Python environment and the course's library, all read-only, and a throw-away folder in memory.
"""

import importlib.util
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

NOBODY = 65534  # whom code of students runs as, where the grader is root
MEGABYTE = 2**20


@dataclass(frozen=True)
class Limits:
    """What one submission may use."""

    seconds: float = 300
    memory: int = 4096 * MEGABYTE
    """Of each process, and of all of them together, in bytes."""
    processes: int = 120
    """Threads count as well; the numerical libraries and a kernel take about 40."""
    file_size: int = 64 * MEGABYTE
    """Of each file, and of what is printed."""
    folder_size: int = 256 * MEGABYTE


@dataclass(frozen=True)
class Finished:
    """How a command ended."""

    returncode: int
    output: bytes
    messages: str
    stopped: str
    """Which limit ended it: "time", "memory" or "" for none."""


class NoSandboxError(RuntimeError):
    """There is no working bubblewrap on this machine."""


def check() -> None:
    """Raise ``NoSandboxError``, with a word of what to do, unless a sandbox can be made here."""
    if shutil.which("bwrap") is None:
        raise NoSandboxError("there is no bubblewrap here; on Debian and Ubuntu: apt install bubblewrap")
    trial = subprocess.run([*_walls({}, 2**20), "true"], capture_output=True, text=True, check=False)
    if trial.returncode:
        raise NoSandboxError(f"bubblewrap does not work here: {trial.stderr.strip()}")


def run(command: Sequence[str], files: dict[str, Path], limits: Limits, *, walls: bool = True) -> Finished:
    """Run a command in a sandbox of its own, and throw away all that it leaves behind but its output.

    Parameters
    ----------
    command : sequence of str
    files : dict of str to Path
        What the command may read besides the system: the path inside, and the file of the host.
    limits : Limits
    walls : bool
        False runs it without bubblewrap, under the limits of time, memory and file size alone; the
        environment variable ``FILES`` then names a folder that stands for the root of `files`.

    Returns
    -------
    Finished
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        environment = dict(os.environ)
        if walls:
            hosts = Path(folder, "hosts")  # the kernel and otter talk to each other by this name
            hosts.write_text("127.0.0.1 localhost\n", encoding="ascii")
            files = files | {"/etc/hosts": hosts}
            command = [*_walls(files, limits.folder_size), *command]
        else:
            for inside, path in files.items():
                (Path(folder) / inside.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, Path(folder) / inside.lstrip("/"))
            environment |= {"FILES": folder, "HOME": folder}
        owner = NOBODY if walls and os.geteuid() == 0 else os.geteuid()
        most = _threads_of(owner) + limits.processes

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
            resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file_size, limits.file_size))
            resource.setrlimit(resource.RLIMIT_NPROC, (most, most))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            preexec_fn=limit,
            env=environment,
            cwd=folder,
            start_new_session=True,
        )
        stopped = _watch(process, limits)
        out.seek(0)
        err.seek(0)
        messages = err.read(MEGABYTE).decode("utf-8", "replace")
        return Finished(process.returncode, out.read(16 * MEGABYTE), messages, stopped)


def _watch(process: subprocess.Popen, limits: Limits) -> str:
    """Wait for a process and its children; end all of them when they pass a limit, and say which."""
    end, stopped = time.monotonic() + limits.seconds, ""
    while process.poll() is None and not stopped:
        if time.monotonic() > end:
            stopped = "time"
        elif _memory_of(process.pid) > limits.memory:
            stopped = "memory"
        else:
            time.sleep(0.3)  # to look at every process is work too
    if stopped:
        for one in [*_family(process.pid), psutil.Process(process.pid)]:
            try:
                one.kill()
            except psutil.NoSuchProcess:
                continue
        process.wait()
    return stopped


def _family(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _memory_of(pid: int) -> int:
    total = 0
    for one in _family(pid):
        try:
            memory = one.memory_info()
            total += memory.rss - memory.shared  # forks share most of what they have
        except psutil.NoSuchProcess:
            continue
    return total


def _threads_of(owner: int) -> int:
    total = 0
    for one in psutil.process_iter(["uids", "num_threads"]):
        if one.info["uids"] and one.info["uids"].real == owner:
            total += one.info["num_threads"] or 0
    return total


def _walls(files: dict[str, Path], folder_size: int) -> list[str]:
    """Return the bubblewrap command that a program is put behind."""
    spec = importlib.util.find_spec("embedding_geometry")
    library = Path(spec.origin).parents[1] if spec and spec.origin else Path(sys.prefix)
    command = ["bwrap", "--die-with-parent", "--new-session", "--clearenv"]
    command += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    # Before all else: the course itself may lie below /tmp.
    command += ["--proc", "/proc", "--dev", "/dev"]
    command += ["--perms", "1777", "--size", str(folder_size), "--tmpfs", "/tmp"]
    own = {str(path): Path(path) for path in (sys.base_prefix, sys.prefix, library)} | files
    # bubblewrap makes folders above what it binds for their owner alone.
    above = {str(folder): None for inside in [*own, "/etc/x"] for folder in reversed(Path(inside).parents)}
    for folder in above:
        command += ["--perms", "0755", "--dir", folder] if folder not in ("/", "/tmp") else []
    for system in ("/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/alternatives"):
        command += ["--ro-bind-try", system, system]
    for inside, path in own.items():
        command += ["--ro-bind", str(path), inside]
    settings = {"PATH": "/usr/bin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8", "FILES": ""}
    settings |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    for name, value in settings.items():
        command += ["--setenv", name, value]
    command += ["--chdir", "/tmp", "--"]
    if os.geteuid() == 0:
        command += ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"]
    return command
