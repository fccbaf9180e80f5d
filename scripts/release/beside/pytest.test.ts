// The example for pytest, run as its readers run it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ROOT } from "../../packages.mjs";
import { programCalled } from "./program.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-pytest-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("the example for pytest passes as it stands", () => {
  const pytest = programCalled("pytest");
  const program = join(folder, "cadenza");
  const command = `exec "${process.execPath}" "${join(ROOT, "server", "sandbox.ts")}" "$@"`;
  writeFileSync(program, `#!/bin/sh\nshift\n${command}\n`, { mode: 0o755 });
  const example = join(ROOT, "examples", "sandbox", "pytest", "test_follow_up.py");
  const env = { ...process.env, CADENZA_PROGRAM: program, PYTHONDONTWRITEBYTECODE: "1" };
  const run = spawnSync(pytest, ["-q", "-p", "no:cacheprovider", example], { encoding: "utf8", env });
  assert.equal(run.status, 0, run.stdout + run.stderr);
});
