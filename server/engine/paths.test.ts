// How many files a reader has to follow. A limit goes up only where a file was split for a good reason; when a walk gets shorter, it
// goes down with it. `npm run count-path` prints the files.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Walk, walkBoth } from "../testing/paths/walks.ts";

type Limits = Walk["counts"] & { returns: number };

const LIMITS: Record<"add" | "step", Limits> = {
  add: { all: 94, steps: 22, statements: 23, rules: 44, presenters: 6, returns: 30 },
  step: { all: 100, steps: 32, statements: 28, rules: 40, presenters: 0, returns: 34 },
};

let walks: Awaited<ReturnType<typeof walkBoth>>;
before(async () => {
  walks = await walkBoth();
});

for (const what of ["add", "step"] as const) {
  test(`the path of ${what === "add" ? "an add" : "a due step"} passes through no more files than it did`, () => {
    const { counts, returns, files } = walks[what];
    const found: Limits = { ...counts, returns: returns.length };
    for (const [name, most] of Object.entries(LIMITS[what])) {
      const many = found[name as keyof Limits];
      assert.ok(many <= most, `${many} ${name}, ${most} at most:\n${files.join("\n")}`);
    }
  });

  test(`on the path of ${what === "add" ? "an add" : "a due step"} no folder leads back to one that leads to it`, () => {
    assert.deepEqual(walks[what].circles, []);
  });
}

test("a due step passes the stages of a mail's life in their order, and never the explanation", () => {
  const { files } = walks.step;
  assert.deepEqual(
    files.filter((file) => file.includes("/insight/")),
    [],
  );
  const stages = [
    "planning/planning",
    "outbox/claiming",
    "outbox/composing",
    "outbox/gate",
    "outbox/releasing",
    "outbox/recording",
    "advancing/commands",
  ];
  const places = stages.map((stage) => files.findIndex((file) => file.endsWith(`/${stage}.ts`)));
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
    "each begins after the one before it",
  );
  assert.deepEqual(
    stages.filter((_, n) => places[n] === -1),
    [],
    "each has something to do",
  );
});
