// The website's host of widgets: the model, and which models it runs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Model } from "../../course_site/widget_host/model.js";
import { foreignIds, references } from "../../course_site/widget_host/state.js";

const spec = (state = {}, module = "anywidget", name = "AnyModel") => ({ model_module: module, model_name: name, state });

test("a change is told once, to who asked for it, and only if it is one", () => {
  const model = new Model(spec({ a: 1, b: 2 })), heard = [];
  model.on("change:a change:b", (_, value) => heard.push(value));
  model.on("change", () => heard.push("any"));
  model.set("a", 3);
  model.set({ a: 3, b: 4 });
  model.set("b", 4);
  assert.deepEqual(heard, [3, "any", 4, "any"]);
  assert.deepEqual([model.get("a"), model.get("b")], [3, 4]);
});

test("listening stops by event, by listener, by owner and altogether", () => {
  const owner = {}, heard = [];
  const make = () => {
    const model = new Model(spec({ a: 0, b: 0 }));
    const [first, second] = ["first", "second"].map((name) => () => heard.push(name));
    model.on("change:a change:b", first);
    model.on("change:a", second, owner);
    return { model, first, second };
  };
  const after = (stop) => {
    const made = make();
    stop(made);
    heard.length = 0;
    made.model.set("a", 1);
    made.model.set("b", 1);
    return [...heard];
  };
  assert.deepEqual(after(() => {}), ["first", "second", "first"]);
  assert.deepEqual(after(({ model }) => model.off("change:a")), ["first"]);
  assert.deepEqual(after(({ model, first }) => model.off(null, first)), ["second"]);
  assert.deepEqual(after(({ model, first }) => model.off("change:b", first)), ["first", "second"]);
  assert.deepEqual(after(({ model }) => model.off(null, null, owner)), ["first", "first"]);
  assert.deepEqual(after(({ model }) => model.off()), []);
});

test("a listener that stops listening while it is told doesn't keep others from hearing", () => {
  const model = new Model(spec({ a: 0 })), heard = [];
  const once = () => { heard.push("once"); model.off("change:a", once); };
  model.on("change:a", once);
  model.on("change:a", () => heard.push("always"));
  model.set("a", 1);
  model.set("a", 2);
  assert.deepEqual(heard, ["once", "always", "always"]);
});

test("bytes come from base 64 into the place that they were taken from", () => {
  const buffers = [{ path: ["pixels"], data: "AQID" }, { path: ["list", 1, "inner"], data: "/w==" }];
  const model = new Model({ ...spec({ pixels: null, list: [0, {}] }), buffers });
  assert.deepEqual([...new Uint8Array(model.get("pixels").buffer)], [1, 2, 3]);
  assert.equal(model.get("list")[1].inner.getUint8(0), 255);
});

test("references are found at any depth, in both spellings", () => {
  assert.deepEqual(references({ a: ["IPY_MODEL_one", { b: "anywidget:two" }], c: "three", d: null }), ["one", "two"]);
});

test("what an Output widget shows hangs together with it", () => {
  const outputs = [{ data: { "application/vnd.jupyter.widget-view+json": { model_id: "plane" } } }];
  const state = { output: spec({ outputs }, "@jupyter-widgets/output", "OutputModel"), plane: spec(), alone: spec() };
  assert.deepEqual([...foreignIds(state)].sort(), ["output", "plane"]);
});

test("what hangs together with a foreign widget is left to the standard manager, and nothing else", () => {
  const state = {
    ours: spec({ layout: "IPY_MODEL_layout" }), layout: spec({}, "@jupyter-widgets/base", "LayoutModel"),
    slider: spec({ layout: "IPY_MODEL_other" }, "@jupyter-widgets/controls", "IntSliderModel"),
    other: spec({}, "@jupyter-widgets/base", "LayoutModel"),
    linked: spec(), link: spec({ source: ["IPY_MODEL_slider", "value"], target: ["IPY_MODEL_linked", "x"] }, "@jupyter-widgets/controls", "LinkModel"),
    box: spec({ children: ["IPY_MODEL_ours"] }, "@jupyter-widgets/controls", "HBoxModel"), lost: spec({ child: "IPY_MODEL_gone" }),
  };
  assert.deepEqual([...foreignIds(state)].sort(), ["link", "linked", "other", "slider"]);
});
