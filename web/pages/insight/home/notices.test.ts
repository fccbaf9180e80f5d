import assert from "node:assert/strict";
import { test } from "node:test";
import { heardFrom, type Notice } from "./notices.ts";

let made = 0;
const notice = (workflow: string, text: string): Notice => ({
  id: `n${++made}`,
  workflow_id: workflow,
  workflow_name: `Workflow ${workflow}`,
  text,
  created_at: `2026-11-21T09:00:${String(60 - made).padStart(2, "0")}.000Z`,
});

test("each workflow is one line, the one that told something last on top", () => {
  const heard = heardFrom([notice("b", "New buyer"), notice("a", "Stage changed"), notice("b", "New buyer")]);
  assert.deepEqual(
    heard.map(({ name, texts, ids }) => [name, texts, ids]),
    [
      ["Workflow b", ["New buyer"], ["n1", "n3"]],
      ["Workflow a", ["Stage changed"], ["n2"]],
    ],
  );
  assert.equal(heard[0]?.latestAt, "2026-11-21T09:00:59.000Z");
});

test("of many texts three are shown, and that there are more", () => {
  const [one] = heardFrom(["A", "B", "C", "D"].map((text) => notice("x", text)));
  assert.deepEqual(one?.texts, ["A", "B", "C", "…"]);
  assert.deepEqual(heardFrom([]), []);
});
