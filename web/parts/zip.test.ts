import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { filesInZip, zipOf } from "./zip.ts";

const LIMITS = { mostFiles: 100, mostBytes: 100_000 };
const ENTRIES = [
  { path: "sequences/intro/sequence.yaml", text: "key: intro\n" },
  { path: "sequences/intro/step-01.html", text: "<p>Blåbær 🫐</p>\n".repeat(50) },
  { path: "schedules/tom.yaml", text: "" },
];

const inPython = (program: string, ...args: string[]) =>
  execFileSync("python3", ["-c", program, ...args], { encoding: "utf8" });

async function textsOf(zip: Blob) {
  const files = await filesInZip(zip, LIMITS);
  return files && [...files].map(([path, bytes]) => ({ path, text: new TextDecoder().decode(bytes) }));
}

test("what is written is read again, and equal files make equal zip files", async () => {
  assert.deepEqual(await textsOf(zipOf(ENTRIES)), ENTRIES);
  assert.deepEqual(await zipOf(ENTRIES).bytes(), await zipOf(ENTRIES).bytes());
});

test("another program reads what is written, and what it compresses is read", async () => {
  const folder = mkdtempSync(join(tmpdir(), "zip-"));
  try {
    const written = join(folder, "written.zip");
    writeFileSync(written, await zipOf(ENTRIES).bytes());
    const program = `
import json, sys, zipfile
one = zipfile.ZipFile(sys.argv[1])
assert one.testzip() is None
with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as other:
    for name in one.namelist(): other.writestr(name, one.read(name))
print(json.dumps([{"path": name, "text": one.read(name).decode()} for name in one.namelist()]))`;
    const packed = join(folder, "packed.zip");
    assert.deepEqual(JSON.parse(inPython(program, written, packed)), ENTRIES);
    assert.deepEqual(await textsOf(new Blob([readFileSync(packed)])), ENTRIES);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("no zip file, one that breaks off and one that is too large are refused", async () => {
  const zip = zipOf(ENTRIES);
  assert.equal(await filesInZip(new Blob(["key: intro\n"]), LIMITS), null);
  assert.equal(await filesInZip(zip.slice(40), LIMITS), null);
  assert.equal(await filesInZip(zip, { ...LIMITS, mostFiles: 2 }), null);
  assert.equal(await filesInZip(zip, { ...LIMITS, mostBytes: 100 }), null);
});
