// Guessing what the columns of a large file hold looks at every name and every value that is kept of them, and a preview reads the
// first rows. The server's own thread answers everybody meanwhile, so it does none of it, through whichever door the file comes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { called } from "../../../testing/called.ts";
import { newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const ROWS = 20_000;
const COLUMNS = 300;
const GUESSES = new Set(["contentOf", "mostly", "typeFor", "withoutRecord"]);
const READS_NAMES = new Set(["optOutNamed", "isConsentNamed"]);
const READS_ROWS = new Set(["valuesIn", "contactFrom", "readOptOut", "isTooLong"]);

let team: Team;
useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const text = [
  "Wer,Wo,Zahl",
  ...Array.from({ length: ROWS }, (_, n) => `p${n}@guess.example,+46 8 ${100_000 + n},${n}`),
].join("\n");

/** Each column is known by its name, which has many words, and every cell of it means something. */
const outs = [
  ["email", ...Array.from({ length: COLUMNS }, (_, n) => `unsub ${"of a ".repeat(30)}${n}`)].join(),
  ["o@guess.example", ...Array(COLUMNS).fill("no")].join(),
  ["nobody", ...Array(COLUMNS).fill("no")].join(),
].join("\n");

const DOORS: Record<string, () => Promise<unknown>> = {
  "a preview": async () => {
    const { preview } = await team.api.imports.preview({ text });
    assert.deepEqual(
      preview.columns.map(({ field, found_by, suggested_type }) => [field, found_by, suggested_type]),
      [
        ["email", "content", "string"],
        ["direct_phone", "content", "string"],
        [null, null, "number"],
      ],
    );
  },
  "a preview full of opt-outs": async () => {
    const { preview } = await team.api.imports.preview({ text: outs });
    const fields = preview.columns.map(({ field }) => field);
    assert.deepEqual(fields, ["email", ...Array(COLUMNS).fill("email_unsubscribed")]);
    assert.deepEqual(
      preview.rows.map(({ code }) => code),
      [null, "email_invalid"],
    );
  },
  "a promise": async () => {
    const { id } = await newSequence(team);
    const { id: mailbox } = await newMailbox(team);
    await team.api.imports.promise({
      text,
      add_to_sequence: { id, send_email_from_email_account_id: [mailbox] },
    });
  },
  "an import": async () => {
    const { import: begun } = await team.api.imports.create({ text });
    assert.equal(begun.mapping.Wer, "email");
  },
};

for (const [what, work] of Object.entries(DOORS))
  test(`${what} of a file guesses its columns and reads its rows outside the server's own thread`, async () => {
    const functions = await called(work);
    assert.ok(
      functions.some(({ name }) => name === "placeColumns"),
      "what runs here is seen",
    );
    assert.deepEqual(
      functions.filter(
        ({ name, file }) =>
          (GUESSES.has(name) && file.endsWith("import-columns.ts")) ||
          (READS_NAMES.has(name) && file.endsWith("import-opt-outs.ts")) ||
          (READS_ROWS.has(name) && /\/imports\//.test(file)),
      ),
      [],
    );
  });
