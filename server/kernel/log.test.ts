import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { openLog } from "./log.ts";

const LOG = pathToFileURL(`${import.meta.dirname}/log.ts`).href;

/** The numbers that a process of its own has logged when it is over. */
function numbersOf(program: string) {
  const script = `import { openLog } from ${JSON.stringify(LOG)}; const log = openLog("info");
    for (let n = 0; n < 1001; n++) log.info({ n }, "counted"); ${program}`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
  });
  const lines = stdout.split("\n").filter(Boolean);
  return lines.map((line) => (JSON.parse(line) as { n: number }).n);
}

const all = Array.from({ length: 1001 }, (_, n) => n);

for (const [end, program] of [
  ["runs out of things to do", ""],
  ["exits in the middle", "process.exit(3);"],
  ["fails", 'throw new Error("unforeseen");'],
  ["waits for the log and exits", "log.flush(() => process.exit(0));"],
] as const) {
  test(`no line is lost or moved when the process ${end}`, () => assert.deepEqual(numbersOf(program), all));
}

test("an error that a library hands on as a copy of its fields is told like any other", () => {
  const lines: string[] = [];
  const log = openLog("info", { write: (line) => void lines.push(line) });
  const { message, stack } = new Error("the queue is gone");
  log.error(
    { err: { message, stack, code: "XX000", queue: "sweep", detail: "a row of a customer" } },
    "told",
  );
  log.error({ err: "a word" }, "told");
  const [copy, word] = lines.map((line) => JSON.parse(line).err);
  assert.deepEqual(copy, { type: "object", code: "XX000", message, stack });
  assert.deepEqual(word, { type: "string" });
});
