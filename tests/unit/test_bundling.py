"""Modules put together, run by node beside the same modules as files."""

import json
import subprocess

import pytest
from embedding_geometry import widgets
from embedding_geometry.widgets.bundling import (
    bundle_module,
    bundle_script,
    import_order,
    module_imports,
)
from embedding_geometry.widgets.course_widget import BROWSER_FILES, module_path

FILES = {
    "base.js": """export const STEP = 2;
let used = 0;
export function use() { return ++used; }
const own = "base";
export const name = () => own;
""",
    "double-it.js": """import { STEP, use } from "./base.js";
const own = "other";
export class Doubler { go(x) { use(); return STEP * x + own.length; } }
export async function later() { return own; }
""",
    "main.js": """// Not the import of something, and no export.
import {
  name as baseName,
  use,
} from "./base.js";
import { Doubler, later } from "./double-it.js";
const text = `import x from "y"`;
export default { run: async () => [new Doubler().go(5), baseName(), use(), await later(), text] };
""",
}
EXPECTED = [15, "base", 2, "other", 'import x from "y"']


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def node(folder, code, name="run.mjs"):
    """Run a module, and return what it prints as JSON."""
    (folder / name).write_text(code, encoding="utf-8")
    done = subprocess.run(["node", name], cwd=folder, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_module_in_one_text_does_what_the_files_do(folder):
    print_it = "console.log(JSON.stringify(await made.run()));"
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    assert node(folder, f'import made from "./main.js";\n{print_it}') == EXPECTED
    (folder / "bundle.js").write_text(bundle_module(folder / "main.js"), encoding="utf-8")
    for name in FILES:
        (folder / name).unlink()
    assert node(folder, f'import made from "./bundle.js";\n{print_it}') == EXPECTED


def test_script_leaves_nothing_behind_but_what_it_is_told_to(folder):
    use = "globalThis.made = {main}.default;"
    script = bundle_script([folder / "main.js"], use)
    assert script.count("const $base = ") == 1
    code = f"{script}\nmade.run().then((x) => console.log(JSON.stringify([x, typeof $main, typeof STEP])));"
    assert node(folder, code, "run.cjs") == [EXPECTED, "undefined", "undefined"]


def test_order_has_each_module_once_after_what_it_imports(folder):
    assert [path.name for path in import_order([folder / "main.js"])] == [
        "base.js",
        "double-it.js",
        "main.js",
    ]
    assert [path.name for path in module_imports(folder / "double-it.js")] == ["base.js"]


@pytest.mark.parametrize(
    "line",
    [
        'import * as all from "./base.js";',
        'import base from "./base.js";',
        'import { STEP } from "../base.js";',
        'import "./base.js";',
        'export { STEP } from "./base.js";',
        "export let changing = 1;",
        "export default function () {}",
        "const here = import.meta.url;",
    ],
)
def test_what_it_can_not_read_is_refused_by_name(folder, line):
    (folder / "main.js").write_text(f"const x = 1;\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^main\.js: .* can't be bundled; write import"):
        bundle_module(folder / "main.js")


def test_circle_and_missing_file_are_told(folder):
    (folder / "base.js").write_text('import { later } from "./double-it.js";\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"circle: base\.js imports double-it\.js imports base\.js"):
        import_order([folder / "main.js"])
    (folder / "base.js").unlink()
    with pytest.raises(FileNotFoundError):
        bundle_module(folder / "main.js")


@pytest.mark.parametrize("name", widgets.__all__)
def test_widget_has_a_module_that_stands_alone(name, tmp_path):
    widget = getattr(widgets, name)
    (tmp_path / "widget.mjs").write_text(widget._esm, encoding="utf-8")
    code = 'import made from "./widget.mjs";\nconsole.log(JSON.stringify(Object.keys(made)));'
    assert node(tmp_path, code) == ["render"]
    assert "import {" not in widget._esm
    assert module_path(widget).stem == widget.__module__.rpartition(".")[2]
    assert "--eg-a: #0072b2" in widget._css


def test_every_file_of_the_browser_belongs_to_a_widget():
    classes = [getattr(widgets, name) for name in widgets.__all__]
    used = {path.name for path in import_order(map(module_path, classes))}
    used |= {"shared.css", *(module_path(widget).with_suffix(".css").name for widget in classes)}
    assert {path.name for path in BROWSER_FILES.iterdir()} <= used
