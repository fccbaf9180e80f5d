import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { bugsIn } from "./bugs.ts";

const OPEN = `import { openLog } from ${JSON.stringify(new URL("../../kernel/log.ts", import.meta.url).href)};
import { tellOfBugs } from ${JSON.stringify(new URL("./bugs.ts", import.meta.url).href)};
const log = openLog("warn", tellOfBugs("silent"));`;

function outputOf(script: string) {
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", `${OPEN}\n${script}`], {
    encoding: "utf8",
  });
  return stdout;
}

test("an error that only our code can make is told on the output of an engine that is told to be silent", () => {
  const output = outputOf(
    `log.warn({ err: new TypeError("no count"), mailboxId: "a" }, "failed and is tried again");`,
  );
  const [bug, ...more] = bugsIn(output);
  assert.match(bug ?? "", /^TypeError: no count\n +at /);
  assert.deepEqual(more, []);
});

test("an error from outside is no bug", () => {
  assert.deepEqual(
    bugsIn(outputOf(`log.warn({ err: new Error("connect ECONNREFUSED") }, "is tried again");`)),
    [],
  );
});

test("a bug of which half a line has come is not read yet", () => {
  assert.deepEqual(bugsIn('ready\nbug: "TypeError'), []);
});
