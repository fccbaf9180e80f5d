// Requests that are too large, half nonsense, or break in the middle: all verdicts are there, or none.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../../kernel/ids.ts";
import { brokenPromises, verdictsAstray } from "../../../testing/joining-checks.ts";
import { untilOver } from "../../../testing/members.ts";
import {
  type JoiningWish,
  newContact,
  newContacts,
  newMailbox,
  newSequence,
} from "../../../testing/sequenced.ts";
import { asOwner, call, rowCounts } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let mailbox: string;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  mailbox = (await newMailbox(team)).id;
});

type Answer = Awaited<ReturnType<Team["api"]["joining"]["addContacts"]>>;
type Joined = Extract<Answer, { contacts: unknown }>;
type Started = Exclude<Answer, { contacts: unknown }>;

const wishFor = (id: string, contact_ids: readonly string[], rest: Partial<JoiningWish> = {}) => ({
  id,
  contact_ids: [...contact_ids],
  send_email_from_email_account_id: [mailbox],
  ...rest,
});
const add = async (...wish: Parameters<typeof wishFor>) =>
  (await team.api.joining.addContacts(wishFor(...wish))) as Joined;
const start = async (...wish: Parameters<typeof wishFor>) =>
  (await team.api.joining.addContacts(wishFor(...wish))) as Started;

/** How many of the hundred thousand differ: `CADENZA_IDS=100000` makes it a long run. */
const DISTINCT = Number(process.env.CADENZA_IDS ?? 15_000);

test("a hundred thousand ids, most of them unknown, answer with a job that has done nothing yet, and has a verdict for each", async (t) => {
  const stranger = await world.newTeam("Elsewhere");
  const { id } = await newSequence(team);
  const own = await newContacts(team, 300);
  const theirs = await newContacts(stranger, 100);
  const nobody = Array.from({ length: DISTINCT - 400 }, () => newId());
  const distinct = [...own, ...theirs, ...nobody];
  const ids = Array.from({ length: 100_000 }, (_, n) => distinct[n % DISTINCT] as string);
  const asked = performance.now();
  const { request_id: request, entity_progress_job: job } = await start(id, ids);
  const answered = performance.now() - asked;
  assert.deepEqual([job.entity_ids.length, job.progress], [DISTINCT, 0]);

  const { status, total, counts, entity_ids } = await untilOver(team, request);
  t.diagnostic(`answered in ${Math.round(answered)} ms, done in ${Math.round(performance.now() - asked)} ms`);
  assert.deepEqual([status, total, counts], ["done", DISTINCT, { added: 300, skipped: DISTINCT - 300 }]);
  assert.equal(entity_ids.length, 1_000, "looking at it does not send all of them again and again");
  assert.deepEqual(await verdictsAstray(world, [{ requestId: request, contactIds: ids }]), []);
  assert.deepEqual(await brokenPromises(world, team), []);
  const total_of = async (code: string) =>
    (await team.api.joining.verdicts({ id, request_id: request, code })).pagination.total_entries;
  assert.equal(await total_of("contact_not_found"), DISTINCT - 300);
  const file = await call(`${world.url}/api/v1/emailer_campaigns/${id}/verdicts?request_id=${request}`, {
    key: team.key,
    headers: { accept: "text/csv" },
  });
  assert.equal(file.text.split("\r\n").length, DISTINCT + 2);
  const { emailer_campaign } = await team.api.sequences.show({ id });
  assert.equal(emailer_campaign.num_contacts, 300);
});

test("what cannot be an id, more ids than may be, and a body that names another sequence leave nothing", async () => {
  const [{ id }, { id: other }] = [await newSequence(team), await newSequence(team)];
  const contact = await newContact(team);
  const before = await rowCounts(world);
  const cases: [Record<string, unknown>, string][] = [
    [{ contact_ids: [contact, "not-an-id"] }, "not_a_valid_id"],
    [{ contact_ids: [contact, contact.slice(1)] }, "not_a_valid_id"],
    [{ contact_ids: [contact, { id: contact }] }, "parameter_invalid"],
    [{ contact_ids: [contact], emailer_campaign_id: other }, "joining_ids_disagree"],
    [{ contact_ids: [contact], emailer_campaign_id: newId() }, "joining_ids_disagree"],
    [{ contact_ids: Array.from({ length: 100_001 }, () => contact) }, "parameter_invalid"],
  ];
  for (const [input, code] of cases)
    for (const async of [false, true]) {
      const refusal = await refused(team.api.joining.addContacts({ ...wishFor(id, []), ...input, async }));
      assert.deepEqual([refusal.status, refusal.code], [422, code], JSON.stringify(input).slice(0, 200));
    }
  assert.deepEqual(await rowCounts(world), before);
  assert.equal((await team.api.sequences.show({ id: other })).emailer_campaign.num_contacts, 0);
});

/** Whatever the last thing written is: nothing of one contact may be written without all of it. */
const WRITTEN = {
  enrollments: "new.contact_id",
  verdicts: "new.contact_id",
  events: "new.data ->> 'contact_id'",
} as const;
type Table = keyof typeof WRITTEN;

for (const table of Object.keys(WRITTEN) as Table[]) {
  test(`a batch that breaks in the middle of its ${table} leaves nothing, and goes through when what broke it is gone`, async () => {
    const { id } = await newSequence(team);
    const contacts = await newContacts(team, 9);
    const before = await rowCounts(world);
    const send = () =>
      call(`${world.url}/api/v1/emailer_campaigns/${id}/add_contact_ids`, {
        method: "POST",
        key: team.key,
        body: JSON.stringify(wishFor(id, contacts)),
        headers: { "content-type": "application/json", "idempotency-key": `broken ${id}` },
      });
    const mend = await breakAt(table, contacts[4] as string);
    const { status, body } = await send();
    assert.deepEqual([status, body.code], [500, "internal"]);
    assert.deepEqual(await rowCounts(world), before);
    await mend();
    const again = await send();
    assert.deepEqual([again.status, (again.body as unknown as Joined).enrollments.length], [200, 9]);
    assert.deepEqual(await brokenPromises(world, team), []);
  });
}

test("a job with a batch that breaks is tried again, then fails with a sentence; what was done stays done, and the rest is told", async () => {
  const { id } = await newSequence(team);
  const [first, second] = [await newContacts(team, 5), await newContacts(team, 5)];
  const filling = Array.from({ length: 994 }, () => newId());
  const mend = await breakAt("enrollments", second[2] as string);
  const { request_id: request } = await start(id, [...first, ...filling, ...second], { async: true });
  const { status, error, counts, done, total } = await untilOver(team, request);
  assert.deepEqual(
    [status, error, done, total, counts],
    [
      "failed",
      "A batch failed 3 times, so the job was stopped. Records that were already processed stay changed.",
      999,
      1004,
      { added: 5, skipped: 994, not_done: 5 },
    ],
  );
  assert.deepEqual(
    await verdictsAstray(world, [{ requestId: request, contactIds: [...first, ...filling] }]),
    [],
  );
  assert.deepEqual(await brokenPromises(world, team), []);
  await mend();
  const { enrollments, skipped_contact_ids } = await add(id, [...first, ...second]);
  assert.deepEqual([enrollments.length, Object.keys(skipped_contact_ids).sort()], [5, [...first].sort()]);
});

/** From now on the database refuses to write this of this contact. Answers what ends it. */
async function breakAt(table: Table, contactId: string) {
  const run = (sql: string) => asOwner(world, (client) => client.query(sql));
  await run(
    `create or replace function break_here() returns trigger language plpgsql as
       $$ begin raise exception 'broken for the test'; end $$;
     create trigger break_here before insert on ${table} for each row
       when ((${WRITTEN[table]})::text = '${contactId}') execute function break_here()`,
  );
  return () => run(`drop trigger break_here on ${table}`);
}
