// A door that is to be opened again stands where the system puts no connection of its own.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { freePort } from "./doors.ts";
import { openSink } from "./sink.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-doors-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("a door that was shut can be opened again, and is not among those the system gives away", async () => {
  for (let again = 0; again < 20; again++) {
    const port = await freePort();
    assert.ok(port < 32_768, `${port} may be somebody's way out`);
    const sink = await openSink({ file: join(folder, "sink.jsonl"), port });
    assert.equal(sink.port, port);
    await sink.close();
  }
});

test("a sink whose door is taken says so instead of waiting for ever", async () => {
  const port = await freePort();
  const other = createServer().listen(port, "127.0.0.1");
  await assert.rejects(openSink({ file: join(folder, "late.jsonl"), port }), { code: "EADDRINUSE" });
  other.close();
});
