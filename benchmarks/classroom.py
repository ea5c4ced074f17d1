"""Let 20 students work at once on a JupyterHub of classroom/, and write what they need into CLASSROOM.md.

Every student logs in, fetches the course with nbgitpuller, and runs a whole chapter in a kernel of their own.
"""

import json
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import jupyterhub
import psutil
import requests
import websocket

from benchmarks.machine import machine

ROOT = Path(__file__).resolve().parents[1]
TABLE = Path(__file__).with_name("CLASSROOM.md")
CHAPTER = "chapters/05_checking_an_embedding.ipynb"
N_STUDENTS = 20
PATIENCE = 600


def free_ports(n: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(n)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def wait_until(ready: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not after {PATIENCE} s")
        time.sleep(0.2)


@contextmanager
def running_hub(folder: Path, password: str) -> Iterator[tuple[str, psutil.Process]]:
    """Start the hub of classroom/jupyterhub_config.py, and stop it with all that it started."""
    front, api, hub = free_ports(3)
    address = f"http://127.0.0.1:{front}"
    command = [
        str(Path(sys.prefix) / "bin" / "jupyterhub"),
        f"--config={ROOT / 'classroom' / 'jupyterhub_config.py'}",
        f"--JupyterHub.hub_port={hub}",
        f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{api}",
    ]
    if os.geteuid() == 0:  # as in a container; servers refuse otherwise
        command.append("--Spawner.args=--allow-root")
    environment = os.environ | {
        "CLASSROOM_PASSWORD": password,
        "CLASSROOM_STATE": str(folder / "state"),
        "CLASSROOM_URL": address,
    }
    log = folder / "hub.log"
    with log.open("w") as written:
        process = subprocess.Popen(command, env=environment, stdout=written, stderr=subprocess.STDOUT)

    def answers() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"JupyterHub didn't start:\n{log.read_text()}")
        try:
            return requests.get(f"{address}/hub/login", timeout=5).ok
        except requests.ConnectionError:
            return False

    try:
        wait_until(answers, "the hub answers")
        yield address, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(60)


class Student:
    """A student with a browser of their own."""

    def __init__(self, hub: str, name: str, password: str) -> None:
        self.hub, self.name, self.password = hub, name, password
        self.server = f"{hub}/user/{name}"
        self.browser = requests.Session()
        self.seconds: dict[str, float] = {}

    def call(self, method: str, address: str, **options: object) -> requests.Response:
        answer = self.browser.request(method, address, timeout=PATIENCE, **options)  # type: ignore[arg-type]
        answer.raise_for_status()
        return answer

    def log_in(self) -> None:
        """Type the password, as in the form, and wait for the server that this starts."""
        start = time.monotonic()
        form = f"{self.hub}/hub/login"
        self.call("GET", form)
        (xsrf,) = [cookie.value for cookie in self.browser.cookies if cookie.name == "_xsrf"]
        self.call("POST", form, data={"username": self.name, "password": self.password, "_xsrf": xsrf})
        self.seconds["login"] = time.monotonic() - start
        user = f"{self.hub}/hub/api/users/{self.name}"
        xsrf = next(cookie.value for cookie in self.browser.cookies if cookie.name == "_xsrf")
        token = self.call("POST", f"{user}/tokens", headers={"X-XSRFToken": xsrf or ""}, json={}).json()
        self.browser.headers["Authorization"] = f"token {token['token']}"
        wait_until(lambda: self.call("GET", user).json()["server"] is not None, f"{self.name}'s server")
        self.call("GET", f"{self.server}/lab")
        self.seconds["server"] = time.monotonic() - start

    def fetch_course(self) -> None:
        """Follow a link of nbgitpuller."""
        start = time.monotonic()
        options = {"repo": f"file://{ROOT}", "targetpath": "course"}
        events = self.call("GET", f"{self.server}/git-pull/api", params=options).text
        assert '"phase": "finished"' in events, f"nbgitpuller says: {events}"
        self.seconds["course"] = time.monotonic() - start

    def open_notebook(self) -> None:
        """Start a kernel for the chapter, and run a first cell."""
        start = time.monotonic()
        session = {
            "path": f"course/{CHAPTER}",
            "name": "chapter",
            "type": "notebook",
            "kernel": {"name": "python3"},
        }
        kernel = self.call("POST", f"{self.server}/api/sessions", json=session).json()["kernel"]["id"]
        address = f"{self.server.replace('http', 'ws', 1)}/api/kernels/{kernel}/channels"
        header = [f"Authorization: {self.browser.headers['Authorization']}"]
        self.channel = websocket.create_connection(address, header=header, timeout=PATIENCE)
        assert self.run("import os; print(os.getcwd())").strip().endswith("course/chapters")
        self.seconds["kernel"] = time.monotonic() - start

    def run(self, code: str) -> str:
        """Run a cell, and return what it printed, or the name of its error."""
        request = uuid.uuid4().hex
        header = {"msg_id": request, "msg_type": "execute_request", "session": self.name, "version": "5.3"}
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        self.channel.send(json.dumps(message | {"channel": "shell", "buffers": []}))
        printed, replied, idle = "", False, False
        while not (replied and idle):
            frame = self.channel.recv()
            if not isinstance(frame, str):
                continue  # a message with buffers: none that this waits for
            answer = json.loads(frame)
            if answer["parent_header"].get("msg_id") != request:
                continue
            match answer["msg_type"]:
                case "stream":
                    printed += answer["content"]["text"]
                case "error":
                    printed += answer["content"]["ename"]
                case "execute_reply":
                    replied = True
                case "status":
                    idle = answer["content"]["execution_state"] == "idle"
        return printed

    def read_chapter(self) -> None:
        """Run every cell of the chapter."""
        start = time.monotonic()
        cells = self.call("GET", f"{self.server}/api/contents/course/{CHAPTER}").json()["content"]["cells"]
        sources = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
        printed = "\n".join(self.run(source) for source in sources)
        assert "Error" not in printed, printed
        self.seconds["chapter"] = time.monotonic() - start

    def ask_for_too_much(self) -> None:
        """Ask for more memory than there may be, and go on."""
        assert self.run("x = bytearray(2 * 1024**3)") == "MemoryError"
        assert self.run("print(len(glove))").strip().isdigit()


def megabytes(processes: list[psutil.Process]) -> float:
    """Return the memory of processes; what several share counts in parts (PSS)."""
    return sum(process.memory_full_info().pss for process in processes) / 2**20


def peak_megabytes(process: psutil.Process) -> float:
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def of_each_student(hub: psutil.Process) -> list[list[psutil.Process]]:
    servers = [one for one in hub.children() if any("jupyterhub-singleuser" in a for a in one.cmdline())]
    return [[server, *server.children(recursive=True)] for server in servers]


def row(name: str, values: list[float], unit: str) -> str:
    most = max(values)
    twentieth = statistics.quantiles(values, n=20, method="inclusive")[-1]
    return f"| {name} ({unit}) | {statistics.median(values):.3g} | {twentieth:.3g} | {most:.3g} |"


def main() -> None:
    password = secrets.token_urlsafe(16)
    lines = [f"Before: {machine(jupyterhub=jupyterhub.__version__)}.", ""]
    lines += ["| for each student | median | 95th percentile | most |", "|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder, running_hub(Path(folder), password) as (address, hub):
        students = [Student(address, f"student{n:02}", password) for n in range(1, N_STUDENTS + 1)]
        start_line = threading.Barrier(N_STUDENTS)

        def all_at_once(act: Callable[[Student], None]) -> float:
            def go(student: Student) -> None:
                start_line.wait()
                act(student)

            start = time.monotonic()
            with ThreadPoolExecutor(N_STUDENTS) as pool:
                list(pool.map(go, students))
            return time.monotonic() - start

        def seconds(step: str) -> list[float]:
            return [student.seconds[step] for student in students]

        print("Logging in ...", flush=True)
        all_at_once(Student.log_in)
        servers = [megabytes(processes) for processes in of_each_student(hub)]
        assert len(servers) == N_STUDENTS, servers
        print("Fetching the course ...", flush=True)
        all_at_once(Student.fetch_course)
        print("Opening the notebook ...", flush=True)
        all_at_once(Student.open_notebook)
        print("Running the chapter ...", flush=True)
        whole = all_at_once(Student.read_chapter)
        groups = of_each_student(hub)
        lines += [
            row("from the password to JupyterLab", seconds("server"), "s"),
            row("the course by nbgitpuller", seconds("course"), "s"),
            row("from the notebook to its first result", seconds("kernel"), "s"),
            row("all cells of the chapter", seconds("chapter"), "s"),
            row("memory of a server without a kernel", servers, "MB, PSS"),
            row(
                "memory of a server and its kernel after the chapter",
                [megabytes(g) for g in groups],
                "MB, PSS",
            ),
            row("peak of the largest process", [max(map(peak_megabytes, g)) for g in groups], "MB, RSS"),
        ]
        everything = [hub, *hub.children(recursive=True)]
        own = megabytes(everything) - sum(megabytes(g) for g in groups)
        total = megabytes(everything)
        students[0].ask_for_too_much()
        for student in students[1:]:
            assert student.run("print(6 * 7)").strip() == "42"
    lines += [
        "",
        f"The hub, its proxy and its culler: {own:.0f} MB. All together: {total / 1024:.1f} GB.",
        f"The whole class had run the chapter after {whole:.0f} s. One student then asked for 2 GB and got a",
        "MemoryError; that kernel kept its variables, and the other 19 went on.",
        "",
        f"After: {machine(jupyterhub=jupyterhub.__version__)}.",
    ]
    print("\n".join(lines))
    head = TABLE.read_text(encoding="utf-8").split("<!-- measured -->")[0]
    TABLE.write_text(head + "<!-- measured -->\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
