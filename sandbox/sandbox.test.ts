// The package as a test suite uses it, and the examples as their readers run them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Sandbox, SandboxRefused, startSandbox } from "@cadenza/sandbox";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "cadenza-sandbox-package-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What an installation has in its folder. */
const program = join(folder, "cadenza");
writeFileSync(program, `#!/bin/sh\nshift\nexec "${process.execPath}" "${root}server/sandbox.ts" "$@"\n`, {
  mode: 0o755,
});
process.env.CADENZA_PROGRAM = program;

let box: Sandbox;
before(async () => {
  box = await startSandbox({ at: new Date("2027-01-04T09:00:00Z") });
});
after(() => box.stop());

test("its time stands still, moves as far as it is told, and runs when it is told", async () => {
  assert.deepEqual(
    [(await box.clock()).now, (await box.clock()).state],
    ["2027-01-04T09:00:00.000Z", "stopped"],
  );
  assert.equal((await box.advance({ hours: 2 })).now, "2027-01-04T11:00:00.000Z");
  assert.equal(
    (await box.advance({ until: new Date("2027-01-05T00:00:00Z") })).now,
    "2027-01-05T00:00:00.000Z",
  );
  assert.equal((await box.run(1440)).state, "running");
  while ((await box.clock()).now < "2027-01-05T06:00") await new Promise((done) => setTimeout(done, 50));
  const { now, state } = await box.freeze();
  assert.equal(state, "stopped");
  assert.equal((await box.clock()).now, now);
});

test("what it refuses says why", async () => {
  await assert.rejects(
    box.advance({ until: "2020-01-01" }),
    (error) =>
      error instanceof SandboxRefused && error.code === "sandbox_time_backwards" && error.status === 422,
  );
});

test("it answers as Apollo does while it is strict, and its own calls go on", async () => {
  await box.strict("free");
  await assert.rejects(
    box.call("GET", "/workflows"),
    (error) => error instanceof SandboxRefused && error.status === 404 && error.code === null,
  );
  await assert.rejects(
    box.call("POST", "/contacts/search", {}),
    /only available to Apollo users on paid plans/,
  );
  assert.deepEqual(await box.mails(), []);
  await box.strict(false);
  await box.call("GET", "/workflows");
});

test("a spare is there before it is asked for, is a sandbox of its own, and does not keep its process", async () => {
  const starts = join(folder, "starts");
  const counting = join(folder, "counting");
  writeFileSync(counting, `#!/bin/sh\necho start >> "${starts}"\nexec "${program}" "$@"\n`, { mode: 0o755 });
  const script = `
    import { readFileSync } from "node:fs";
    import { startSandbox } from "@cadenza/sandbox";
    const options = { at: "2027-01-04T09:00:00Z", spare: true, program: [${JSON.stringify(counting)}, "sandbox"] };
    const count = () => readFileSync(${JSON.stringify(starts)}, "utf8").trim().split("\\n").length;
    const first = await startSandbox(options);
    while (count() < 2) await new Promise((done) => setTimeout(done, 50));
    await first.advance({ days: 1 });
    const { spare, ...once } = options;
    const second = await startSandbox(once);
    const times = [(await first.clock()).now, (await second.clock()).now];
    console.log(JSON.stringify([count(), times, first.url === second.url]));
    await first.stop();
    await second.stop();
    const third = await startSandbox(options); // leaves a spare behind that nobody takes
    await third.stop();
  `;
  const run = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(run.status, 0, run.stderr);
  assert.deepEqual(JSON.parse(run.stdout), [
    2,
    ["2027-01-05T09:00:00.000Z", "2027-01-04T09:00:00.000Z"],
    false,
  ]);
  await assert.rejects(startSandbox({ spare: true, port: 4000 }), /leave out port and keep/);
});

test("an installation without the program says what is missing", async () => {
  delete process.env.CADENZA_PROGRAM;
  try {
    const { programFor } = await import("./program.ts");
    assert.throws(() => programFor(), /The package cadenza is not installed/);
  } finally {
    process.env.CADENZA_PROGRAM = program;
  }
  await assert.rejects(
    startSandbox({ at: "yesterday" }),
    /The sandbox did not start\. .*must be 1 or a time/s,
  );
});

const example = join(root, "examples", "sandbox");
const workflow = parse(readFileSync(join(example, ".github/workflows/test.yml"), "utf8")) as {
  jobs: Record<string, { steps: { run?: string }[] }>;
};
/** What an installation of packages does; the test has linked them already. scripts/release/beside has the job for Python. */
const INSTALL = "npm install";

for (const { run: command } of workflow.jobs.node?.steps ?? [])
  if (command !== undefined && command !== INSTALL)
    test(`the workflow's "${command}" passes as it stands`, () => {
      const { NODE_TEST_CONTEXT: _, ...env } = process.env; // it is a run of its own
      const PATH = [dirname(process.execPath), join(root, "node_modules", ".bin"), env.PATH].join(delimiter);
      const run = spawnSync("/bin/sh", ["-c", command], {
        cwd: example,
        encoding: "utf8",
        env: { ...env, PATH },
      });
      assert.equal(run.status, 0, run.stdout + run.stderr);
    });
