import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../packages.mjs";
import { plainScript, withoutComments } from "./plain-script.ts";

test("comments go, and all else stays on its line and in its column", () => {
  const source =
    'const a = "// ä"; /* é\n two */ const b = `\n// kept ${a /* gone */}`; // gone\nconst c = /\\/\\/x/;';
  const plain = withoutComments("a.ts", source);
  assert.equal(
    plain.replace(/ +$/gm, ""),
    'const a = "// ä";\n        const b = `\n// kept ${a           }`;\nconst c = /\\/\\/x/;',
  );
  assert.equal(plain.length, source.length);
});

test("what cannot be read as JavaScript stops the release", () => {
  assert.throws(() => withoutComments("a.ts", "const = 1"), /a\.ts/);
});

test("blanks that begin a line go, but for those of a text of several lines", () => {
  const script = plainScript("server/features/gate/clone-guard/store.ts");
  assert.match(script, /^return db\.run\($/m);
  assert.match(script, /^ {8}set sending_leave = /m);
  assert.match(script, /^export function moveOn\(db ?\) \{$/m, "nor is there a gap where a type stood");
  const source = readFileSync(join(ROOT, "server/features/gate/clone-guard/store.ts"), "utf8");
  assert.equal(script.split("\n").length, source.split("\n").length, "lines stay what they are");
});
