// Where a record is deleted, the rows that name it are found by an index, however many there are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asOwner } from "../testing/wire.ts";
import { useWorld } from "../testing/world.ts";

const world = useWorld({ role: "api" });

/** Tables with a row for each contact, company, mail, task, call or answer of a team. */
const MANY = [
  ...["contacts", "contact_emails", "contact_phones", "contact_labels", "contact_field_values", "accounts"],
  ...[
    "enrollments",
    "messages",
    "send_attempts",
    "message_events",
    "message_links",
    "tasks",
    "calls",
    "notes",
  ],
  ...["note_contacts", "note_accounts", "deals", "deal_contacts", "incoming_mails", "events", "change_items"],
];

/** Named by no index, and why. */
const WITHOUT: Record<string, string> = {
  "calls.outcome_id": "outcomes of calls are not deleted",
  "calls.purpose_id": "purposes of calls are not deleted",
  "messages.touch_id": "each mail would write one more entry, and texts of a step are deleted seldom",
};

/** Rows of these are never deleted, but switched off. */
const NEVER_DELETED = ["teams", "users"];

test("every reference out of a large table to a record that can be deleted has an index", async () => {
  const { tables, bare } = await asOwner(world, async (client) => {
    const known = await client.query<{ name: string }>(
      "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
    );
    const found = await client.query<{ place: string; target: string }>(
      `select c.conrelid::regclass || '.' || a.attname as place, c.confrelid::regclass::text as target
         from pg_constraint c
         join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[array_length(c.conkey, 1)]
        where c.contype = 'f' and c.conrelid::regclass::text = any($1::text[])
          and not exists (
            select from pg_index i
             where i.indrelid = c.conrelid
               and (i.indkey::int2[])[0:array_length(c.conkey, 1) - 1] @> c.conkey
               and c.conkey @> (i.indkey::int2[])[0:array_length(c.conkey, 1) - 1])
        order by 1`,
      [MANY],
    );
    return { tables: known.rows.map(({ name }) => name), bare: found.rows };
  });
  assert.deepEqual(
    MANY.filter((name) => !tables.includes(name)),
    [],
    "there is such a table",
  );
  const open = bare.filter(({ target }) => !NEVER_DELETED.includes(target)).map(({ place }) => place);
  assert.deepEqual(open, Object.keys(WITHOUT).sort());
});
