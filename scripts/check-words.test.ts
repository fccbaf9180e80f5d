import assert from "node:assert/strict";
import { test } from "node:test";
import { findWords } from "./check-words.ts";

const lines = (path: string, content: string) => findWords(path, content).map(({ line }) => line);

test("comments, titles of tests and documents are read, and code and its texts are not", () => {
  const word = ["who", "ever"].join("");
  assert.deepEqual(lines("sdk/a.ts", `// ${word} calls\nconst a = "${word}";\nconst ${word} = 1;`), [1]);
  assert.deepEqual(lines("server/a.test.ts", `test("${word} asks is answered", () => {});`), [1]);
  assert.deepEqual(lines("server/a.ts", `const a = /${word}/;`), []);
  assert.deepEqual(lines("docs/a.md", `Fine.\n${word} asks`), [2]);
});

test("texts that people see are read where a folder says so, and those of tests are not", () => {
  const word = ["who", "ever"].join("");
  const house = ["the", "house"].join(" ");
  for (const folder of ["contract/extras", "mcp/tools", "n8n/nodes/Cadenza", "server/domain", "cli"]) {
    assert.deepEqual(lines(`${folder}/a.ts`, `const a =\n  "Tells ${word} asks";`), [2]);
    assert.deepEqual(lines(`${folder}/a.ts`, `const a = \`It stays in ${house}: \${b}\`;`), [1]);
    assert.deepEqual(lines(`${folder}/a.test.ts`, `const a = "Stays in ${house}";`), []);
  }
  assert.deepEqual(lines("server/testing/a.ts", `const a = "Stays in ${house}";`), []);
  assert.deepEqual(lines("cli/a.ts", `const a = "What it comes to";`), [1]);
  assert.deepEqual(lines("mcp/tools/a.ts", `const heeds_request_ids = "${house}"; // words: allowed`), []);
});

test("texts of the screen are read, also between tags and over two lines", () => {
  const page = "const a = (\n  <p>\n    What it comes\n    to, {count} of\n    these.\n  </p>\n);";
  assert.deepEqual(lines("web/a.tsx", page), [3, 4]);
  assert.deepEqual(lines("web/a.ts", 'const a = "All rows have had their turn.";'), [1]);
  assert.deepEqual(lines("web/a.ts", "const a = `${b} is nobody of the team`;"), [1]);
  assert.deepEqual(lines("web/journeys/a.ts", 'const a = "nobody of the team";'), []);
});

test("a line may say that it means the word", () => {
  const word = ["who", "ever"].join("");
  assert.deepEqual(lines("server/a.ts", `// ${word} (words: allowed)`), []);
});
