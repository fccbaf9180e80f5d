// What a page of contacts answers, byte for byte: the same as where each kind of part is read by a statement of its own, and
// the page is the plain list, sorted and cut.

import assert from "node:assert/strict";
import { test } from "node:test";
import { contract } from "@cadenza/contract";
import type { Act } from "../../../app.ts";
import { plainContacts } from "../../../testing/plain-contacts.ts";
import { plantVariedContacts } from "../../../testing/varied-contacts.ts";
import { asOwner, callEndpoint } from "../../../testing/wire.ts";
import { type Team, tokenIn, useWorld } from "../../../testing/world.ts";
import { presentSearched } from "./companies.ts";

let team: Team;
let memberId: string;
let cookie: string;
let hidden: string;
let deleted: readonly string[];

const world = useWorld({}, async (opened) => {
  team = await opened.newTeam("Bytes");
  const password = "a long sentence is a good password";
  const { user, invitation_url } = await team.api.users.invite({
    email: "mia@bytes.example",
    role: "member",
  });
  await opened.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia Member", password });
  memberId = user.id;
  ({ cookie } = await opened.signIn("mia@bytes.example", password));
  ({ hidden, deleted } = await plantVariedContacts(opened, team));
});

const VIEWERS = {
  "an admin": () => ({ by: { key: team.key }, viewerId: null }),
  "a member who sees less": () => ({ by: { cookie }, viewerId: memberId }),
};

const SORTS: Record<string, [by: string, isUsuallyAscending?: boolean]> = {
  "": ["created_at"],
  contact_created_at: ["created_at"],
  contact_updated_at: ["updated_at"],
  contact_last_activity_date: ["coalesce(last_activity_at, '-infinity')"],
  contact_email_last_opened_at: ["coalesce(email_last_opened_at, '-infinity')"],
  contact_email_last_clicked_at: ["coalesce(email_last_clicked_at, '-infinity')"],
  contact_name: ["lower(coalesce(name, email, ''))", true],
};

/** All of the team's, as the sort says. */
const sorted = (by: string, way: string) =>
  asOwner(world, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select id from contacts where team_id = $1 order by ${by} ${way}, id ${way}`,
      [team.id],
    );
    return rows.map(({ id }) => id);
  });

async function plainly(ids: readonly string[], viewerId: string | null) {
  const caller = { teamId: team.id } as Act["caller"];
  return world.running.app.db.inTeam(team.id, async (db) =>
    JSON.stringify(await presentSearched({ db, caller }, await plainContacts(db, team.id, ids, viewerId))),
  );
}

type Answered = {
  contacts: { id: string }[];
  pagination: { total_entries: number; next_cursor: string | null };
};

async function answered(input: Record<string, unknown>, by: { key?: string; cookie?: string }) {
  const { status, text, body } = await callEndpoint(world.url, contract.contacts.search, input, by);
  assert.equal(status, 200, text.slice(0, 500));
  return { text, ...(body as unknown as Answered) };
}

function holds(text: string, contacts: string) {
  if (text.includes(`"contacts":${contacts}`)) return;
  assert.deepEqual(JSON.parse(text).contacts, JSON.parse(contacts));
  assert.fail("the same values in other bytes");
}

for (const [who, sight] of Object.entries(VIEWERS))
  for (const [field, [by, isUsuallyAscending = false]] of Object.entries(SORTS))
    test(`${who} reads pages sorted by ${field || "nothing"} as they are read plainly, byte for byte`, async () => {
      const { by: caller, viewerId } = sight();
      for (const ascending of field === "" ? [isUsuallyAscending] : [true, false]) {
        const ids = await sorted(by, ascending ? "asc" : "desc");
        const asked = field === "" ? {} : { sort_by_field: field, sort_ascending: ascending };
        for (const [page, per_page] of [
          [1, 100],
          [2, 100],
          [1, 25],
          [3, 7],
        ] as const) {
          const { text, pagination } = await answered({ ...asked, page, per_page }, caller);
          holds(text, await plainly(ids.slice((page - 1) * per_page, page * per_page), viewerId));
          assert.equal(pagination.total_entries, ids.length);
        }
        let cursor: string | null = null;
        const walked: string[] = [];
        do {
          const at: Record<string, unknown> = cursor ? { cursor } : {};
          const { text, contacts, pagination } = await answered({ ...asked, ...at, per_page: 50 }, caller);
          holds(text, await plainly(ids.slice(walked.length, walked.length + 50), viewerId));
          walked.push(...contacts.map(({ id }) => id));
          cursor = pagination.next_cursor;
        } while (cursor);
        assert.deepEqual(walked, ids);
      }
    });

test("the pages hold every kind of part, nobody who was deleted, and for a member nothing of a hidden sequence", async () => {
  const admin = (await answered({ per_page: 100 }, { key: team.key })).text;
  const further = (await answered({ per_page: 100, page: 2 }, { key: team.key })).text;
  for (const part of [
    /Extra/,
    /"raw_number"/,
    /1234567\.125/,
    /04:05:06\.789/,
    /1F600|😀/,
    /"status":"paused"/,
  ])
    assert.match(admin + further, part);
  for (const id of deleted) assert.ok(!(admin + further).includes(id));
  assert.ok((admin + further).includes(hidden));
  for (const page of [1, 2])
    assert.ok(!(await answered({ per_page: 100, page }, { cookie })).text.includes(hidden));
});
