import assert from "node:assert/strict";
import { test } from "node:test";
import { readServerTexts, serverTextsOf } from "./server-texts.ts";
import { wrongIn } from "./translation-faults.ts";

const IMPORT = 'import { say, texts, toSay } from "../../kernel/say.ts";\n';
const found = (code: string) => [...serverTextsOf("server/domain/a.ts", IMPORT + code).texts];

test("texts of say(), of tables and of marks are listed; codes, keys and calls are not", () => {
  assert.deepEqual(found('say("{who} replied", { who });'), ["{who} replied"]);
  assert.deepEqual(
    found(
      'texts({ a: "One.", code: "x", b: { says: "Two.", kind: "y" }, c: "out_of_office", d: () => "three" });',
    ),
    ["One.", "Two."],
  );
  assert.deepEqual(found('const T = texts([of("POST /a", "Do it"), toSay("Later")]);'), ["Do it", "Later"]);
  assert.deepEqual([...serverTextsOf("server/a.ts", 'say("other say");').texts], []);
});

test("refusals are listed by what they say and how it is mended", () => {
  const { texts } = serverTextsOf(
    "contract/refusals/a.ts",
    'export const a = { x: { says: "No.", fix: "Ask.", code: "c" } };',
  );
  assert.deepEqual([...texts], ["No.", "Ask."]);
});

test("a text that asks for a fact that is not given is refused", () => {
  const { violations } = serverTextsOf(
    "server/a.ts",
    `${IMPORT}say("{who} replied to {whom}", { who, extra });`,
  );
  assert.deepEqual(
    violations.map(({ why }) => why),
    ["the text asks for {whom}, which is not given", "the text does not use extra"],
  );
});

test("braces that are no placeholders may stand in a text of the server", () => {
  assert.equal(
    wrongIn('Such as {"rules": []} of {name}.', 'Wie {"rules": []} von {name}.', "de", true),
    null,
  );
  assert.match(String(wrongIn("{name} is gone.", "Weg.", "de", true)), /placeholders/);
});

test("the server says more than two thousand texts", () => {
  assert.ok(readServerTexts().texts.size > 2000);
});
