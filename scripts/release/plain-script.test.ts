import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutComments } from "./plain-script.ts";

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
