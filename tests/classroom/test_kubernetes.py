"""The recipe for more than one machine says what was measured, and leads to no solutions or real hosts."""

import math
import re

import pytest
import yaml

from tools.built_site import ROOT

FOLDER = ROOT / "classroom" / "kubernetes"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
VALUES_TEXT = (FOLDER / "values.yaml").read_text(encoding="utf-8")
VALUES = yaml.safe_load(VALUES_TEXT)
ONE_SERVER = (ROOT / "classroom" / "README.md").read_text(encoding="utf-8")
MEASURED = (ROOT / "benchmarks" / "CLASSROOM.md").read_text(encoding="utf-8")

# Keys of the schema in chart 4.1.0 that this recipe may use, and below each those of the second level.
CHART = {
    "hub": {"config", "concurrentSpawnLimit", "activeServerLimit", "resources", "db"},
    "proxy": {"https"},
    "singleuser": {
        "image",
        "defaultUrl",
        "memory",
        "cpu",
        "extraEnv",
        "storage",
        "startTimeout",
        "networkPolicy",
        "cloudMetadata",
        "lifecycleHooks",
    },
    "cull": {"enabled", "timeout", "every", "maxAge", "users"},
    "scheduling": {"userScheduler", "podPriority", "userPlaceholder", "corePods", "userPods"},
    "prePuller": {"hook", "continuous"},
}
LECTURE = 300
# Left to the system: of each node, and of a server.
SYSTEM_GB, SYSTEM_CPU, SYSTEM_PODS = 2, 0.5, 10
PODS = 110


def measured(row, column):
    """Return a number of the measured table: column 0 is the median, 2 the most."""
    (line,) = re.findall(rf"^\| {re.escape(row)}[^|]*\|(.+)\|$", MEASURED, flags=re.MULTILINE)
    return float(line.split("|")[column])


KERNEL = measured("memory with the chapter's kernel", 0)
MOST_WITH_KERNEL = measured("memory with the chapter's kernel", 2)
SERVER = measured("memory of a server without a kernel", 0)
HUB = float(re.search(r"its proxy and its culler: (\d+) MB", MEASURED)[1])
CORES = int(re.search(r"^Before: .*, (\d+) cores", MEASURED, flags=re.MULTILINE)[1])
STUDENTS = int(re.match(r"# A class of (\d+) at once", MEASURED)[1])
CHAPTER = measured("all cells of the chapter", 0)
CPU_SECONDS = CHAPTER * CORES / STUDENTS


def megabytes(text):
    """Return a size in the chart's notation, as JupyterHub reads it."""
    number, unit = re.fullmatch(r"(\d+)([MG])", text).groups()
    return int(number) * {"M": 1, "G": 1024}[unit]


GUARANTEE = megabytes(VALUES["singleuser"]["memory"]["guarantee"])
LIMIT = megabytes(VALUES["singleuser"]["memory"]["limit"])


def blocks(text, language):
    return re.findall(rf"^[ ]*```{language}\n(.*?)^[ ]*```$", text, flags=re.MULTILINE | re.DOTALL)


def test_every_key_is_one_of_the_chart():
    documents = [VALUES, *map(yaml.safe_load, blocks(README, "yaml"))]
    assert len(documents) == 3
    for document in documents:
        for key, below in document.items():
            assert set(below) <= CHART[key], key
    assert "chart 4.1.0" in README
    assert set(VALUES) == set(CHART)


def test_the_sizes_of_a_student_follow_from_what_was_measured():
    assert GUARANTEE >= KERNEL
    assert GUARANTEE >= MOST_WITH_KERNEL
    assert round(KERNEL * 1.1) == GUARANTEE
    three_notebooks = SERVER + 3 * (KERNEL - SERVER)
    assert three_notebooks + 100 <= LIMIT
    assert LIMIT >= 2 * MOST_WITH_KERNEL
    cpu = VALUES["singleuser"]["cpu"]
    assert cpu == {"guarantee": CORES / STUDENTS, "limit": 1}
    for sentence in (
        f"{KERNEL:.0f} × 1.1 = {GUARANTEE}",
        f"{SERVER:.0f} + 3 × ({KERNEL:.0f} − {SERVER:.0f}) = {three_notebooks:.0f} MB",
        f"{CHAPTER:.0f} s × {CORES} / {STUDENTS} = {CPU_SECONDS:.1f} processor seconds",
        f"They took {HUB:.0f} MB for {STUDENTS} students",
    ):
        assert sentence in README
    assert f"{KERNEL:.0f} M." in VALUES_TEXT
    assert f"takes {SERVER:.0f} M" in VALUES_TEXT


def test_each_kernel_computes_on_one_thread():
    assert VALUES["singleuser"]["extraEnv"] == {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def test_what_a_lecture_needs_is_computed_from_the_measured_numbers():
    for what, megabytes_each in (("no kernel", SERVER), ("with a kernel", KERNEL), ("sets aside", GUARANTEE)):
        total = LECTURE * megabytes_each / 1024
        row = rf"\| [^|]*{what}: {LECTURE} × {megabytes_each:.0f} MB[^|]*\| {total:.1f} \|"
        assert re.search(row, README), what
    assert f"| {LECTURE * VALUES['singleuser']['cpu']['guarantee']:.0f} |" in README


NODES = re.findall(r"^\| (\d+) CPU, (\d+) GB \|(.+)\|$", README, flags=re.MULTILINE)


@pytest.mark.parametrize(("cpus", "gigabytes", "cells"), NODES)
def test_what_a_node_holds_is_computed_from_the_values(cpus, gigabytes, cells):
    usable_cpus = int(cpus) - SYSTEM_CPU
    memory = math.floor((int(gigabytes) - SYSTEM_GB) * 1024 / GUARANTEE)
    # In thousandths of a processor, as Kubernetes counts.
    processor = round(usable_cpus * 1000) // round(VALUES["singleuser"]["cpu"]["guarantee"] * 1000)
    pods = PODS - SYSTEM_PODS
    held = min(memory, processor, pods)
    nodes = math.ceil(LECTURE / held)
    busy = LECTURE * CPU_SECONDS / (nodes * usable_cpus)
    expected = [memory, processor, pods, held, nodes, round(busy)]
    assert [int(cell) for cell in cells.split("|")] == expected


def test_the_costs_use_the_nodes_of_the_table():
    assert len(NODES) == 2
    counts = [int(cells.split("|")[4]) for _, _, cells in NODES]
    assert f"from the table: {counts[0]} or {counts[1]}" in README
    # Two lectures of two hours, with half an hour before and one and a half after.
    assert f"{counts[0]} × 4 × 2 = {counts[0] * 4 * 2} node-hours" in README
    assert f"{counts[0]} × 168 = {counts[0] * 168} node-hours" in README
    assert not re.search(r"[$€£]|\b(USD|EUR)\b", README), "prices are the reader's"


def test_the_whole_lecture_fits():
    assert VALUES["hub"]["activeServerLimit"] >= LECTURE
    assert VALUES["cull"]["timeout"] == 3600
    assert VALUES["cull"]["every"] == 600
    priorities = VALUES["scheduling"]["podPriority"]
    assert (
        priorities["defaultPriority"]
        > priorities["imagePullerPriority"]
        > priorities["userPlaceholderPriority"]
    )


def test_how_many_students_a_server_carries_is_computed_too():
    rows = re.findall(
        r"^\| up to (\d+) \|[^|]*: (\d+) processors, (\d+) GB \|", ONE_SERVER, flags=re.MULTILINE
    )
    assert len(rows) == 2
    for students, processors, gigabytes in rows:
        fits = (1024 * int(gigabytes) - 1024 * SYSTEM_GB - HUB) / KERNEL
        assert int(students) == math.floor(fits)
        busy = int(students) * CPU_SECONDS / int(processors)
        assert f"{students} × {CPU_SECONDS:.1f} / {processors} = {busy:.0f} s" in ONE_SERVER


def test_students_code_reaches_the_class_repository_by_https_and_no_metadata():
    policy = VALUES["singleuser"]["networkPolicy"]
    assert policy["enabled"] is True
    allowed = {name for name, on in policy["egressAllowRules"].items() if on}
    assert allowed == {"dnsPortsKubeSystemNamespace", "dnsPortsPrivateIPs"}
    assert [rule["ports"] for rule in policy["egress"]] == [[{"protocol": "TCP", "port": 443}]]
    assert VALUES["singleuser"]["cloudMetadata"]["blockWithIptables"] is True


def test_the_values_hold_placeholders_and_neither_a_secret_nor_a_host():
    # The second range is kept for documentation (RFC 5737); the other is the metadata server of every cloud.
    assert set(re.findall(r"\d+\.\d+\.\d+\.\d+", VALUES_TEXT)) == {"169.254.169.254", "192.0.2.0"}
    hosts = set(re.findall(r"(?:https?://|@)([\w.-]+)", VALUES_TEXT))
    hosts |= set(VALUES["proxy"]["https"]["hosts"])
    assert hosts
    assert all(host == "example.org" or host.endswith(".example.org") for host in hosts)
    assert not re.findall(r"\b[\w-]+\.(?:com|io|net|edu|gov|dev|cloud)\b", VALUES_TEXT)
    assert VALUES["singleuser"]["image"]["name"] == "REGISTRY/course"
    assert "client_secret" not in VALUES["hub"]["config"]["GenericOAuthenticator"]


def test_the_outside_pages_are_those_of_the_tools():
    hosts = set(re.findall(r"https?://([\w.-]+)", README))
    assert hosts == {
        "z2jh.jupyter.org",
        "hub.example.org",
        "example.org",
        "169.254.169.254",
    }


@pytest.mark.parametrize("text", [README, VALUES_TEXT, ONE_SERVER], ids=["readme", "values", "one server"])
def test_only_the_repository_of_the_class_is_named(text):
    assert "ADDRESS-OF-THE-CLASS" in text
    assert set(re.findall(r"ADDRESS-OF-[A-Z-]+", text)) == {"ADDRESS-OF-THE-CLASS"}
    links = re.findall(r"\brepo=([^&\s]+)", text)
    taken = re.findall(r"\b(?:git clone|gitpuller) (\S+)", text)
    assert set(links + taken) <= {"ADDRESS-OF-THE-CLASS"}
    pushed = re.findall(r"\bgit push (\S+) (\S+:\S+)", text.replace("`", " "))
    assert set(pushed) <= {("ADDRESS-OF-THE-CLASS", "student:main"), ("/tmp/class.git", "student:main")}
    assert text is VALUES_TEXT or links


def test_the_image_is_built_from_the_folder_of_the_class():
    (command,) = re.findall(r"^jupyter-repo2docker (.+)$", README, flags=re.MULTILINE)
    assert command.split()[-1] == "_build/student"
    # The account for which the chart mounts a student's disk.
    assert "--user-id 1000 --user-name jovyan" in command
    assert VALUES["singleuser"]["storage"]["homeMountPath"] == "/home/jovyan"
