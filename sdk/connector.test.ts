// The connector, run as a platform runs it: against the real server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newContact, newContacts, newMailbox, newSequence } from "../server/testing/sequenced.ts";
import { unchecked } from "../server/testing/unchecked.ts";
import { refused, type Team, useWorld, type World } from "../server/testing/world.ts";
import {
  addContactsToSequence,
  type Client,
  type Configuration,
  type Job,
  Misconfigured,
  waitForJob,
} from "./index.ts";

let team: Team;
let mailbox: string;
const world: World = useWorld({ engineLoops: 1 }, async (opened) => {
  team = await opened.newTeam();
  mailbox = (await newMailbox(team)).id;
});

const { run, configuration } = addContactsToSequence;
const NOBODY = "64f0aa0000000000000000ff";

/** What may be in the variable, whichever answer it is. */
type Everything = {
  contacts: { id: string }[];
  skipped_contact_ids: Record<string, string>;
  previews: unknown[];
  entity_progress_job: Job & { batch_size: number };
  request_id: string;
  num_added: number;
  dry_run: boolean;
};
const variableOf = (variables: Record<string, Everything>, name = "add_contacts_to_sequence") =>
  variables[name] as Everything;

async function setting() {
  const { id } = await newSequence(team);
  const variables: Record<string, Everything> = {};
  return { id, variables, context: { client: team.api, variables } };
}

test("contacts are added, and the whole answer is in the variable", async () => {
  const { id, variables, context } = await setting();
  const [one = "", two = ""] = await newContacts(team, 2);
  const contact_ids = ` ${one.toUpperCase()},\n${two} , ${one},${NOBODY}`;
  await run(
    { sequence_id: `${id} `, email_account_id: mailbox, contact_ids, output_variable: "out" },
    context,
  );
  const { contacts, skipped_contact_ids } = variableOf(variables, "out");
  assert.deepEqual(contacts.map(({ id }) => id).sort(), [one, two].sort());
  assert.deepEqual(skipped_contact_ids, { [NOBODY]: "contact_not_found" });
});

test("each flag lets in whom it says", async () => {
  for (const flag of [true, "true", "Yes ", 1, "on"] as boolean[]) {
    const bare = await newContact(team, { email: undefined });
    const { id, variables, context } = await setting();
    const wish = { sequence_id: id, email_account_id: mailbox, contact_ids: bare };
    await run(wish, context);
    assert.deepEqual(variableOf(variables).skipped_contact_ids, {
      [bare]: "contacts_without_email",
    });
    const other = await setting();
    await run({ ...wish, sequence_id: other.id, sequence_no_email: flag }, other.context);
    assert.equal(variableOf(other.variables).contacts.length, 1);
  }
});

test("in the background the answer is a job, which can be waited for", async () => {
  const people = await newContacts(team, 3);
  const first = await setting();
  const wish = { email_account_id: mailbox, contact_ids: people, async: true };
  await run({ ...wish, sequence_id: first.id }, first.context);
  const started = variableOf(first.variables).entity_progress_job;
  assert.deepEqual(
    [started.job_type, started.progress, started.batch_size],
    ["sequence_add_contact", 0, 999],
  );
  await waitForJob(team.api, started.id); // or they are pending there, which is a reason of its own

  const second = await setting();
  const seen: Job[] = [];
  const more = { sequence_active_in_other_campaigns: true, wait: true };
  await run(
    { ...wish, ...more, sequence_id: second.id },
    { ...second.context, onProgress: (job) => seen.push(job) },
  );
  const { entity_progress_job: ended, request_id } = variableOf(second.variables);
  assert.deepEqual([ended.status, ended.counts, seen.at(-1)?.status], ["done", { added: 3 }, "done"]);
  assert.ok(request_id);
});

test("above a thousand it asks for the background by itself", async () => {
  const { id, variables, context } = await setting();
  const ids = Array.from({ length: 1001 }, (_, index) => index.toString(16).padStart(24, "0"));
  await run(
    { sequence_id: id, email_account_id: mailbox, contact_ids: ids.join(",") },
    { ...context, dryRun: true },
  );
  const { entity_progress_job, num_added, dry_run } = variableOf(variables);
  assert.deepEqual([entity_progress_job.job_type, num_added, dry_run], ["sequence_add_contact", 0, true]);
});

test("a run that is run again adds no contact twice and gets the same answer", async () => {
  const { id, variables, context } = await setting();
  const wish = { sequence_id: id, email_account_id: mailbox, contact_ids: await newContacts(team, 1) };
  await run(wish, { ...context, idempotencyKey: `workflow ${id}` });
  const first = variableOf(variables);
  await run(wish, { ...context, idempotencyKey: `workflow ${id}` });
  assert.deepEqual(variableOf(variables), first);
});

test("a dry run adds no contact and shows the mails", async () => {
  const { id, variables, context } = await setting();
  const wish = { sequence_id: id, email_account_id: mailbox, contact_ids: await newContacts(team, 1) };
  await run(wish, { ...context, dryRun: true });
  assert.equal(variableOf(variables).previews.length, 1);
  const { pagination } = await team.api.enrollments.search({ emailer_campaign_ids: [id] });
  assert.equal(pagination.total_entries, 0);
});

test("it makes its own client where it is given a connection", async () => {
  const { id, variables } = await setting();
  const wish = { sequence_id: id, email_account_id: mailbox, contact_ids: await newContacts(team, 1) };
  const leftEmpty = { output_variable: " ", user_id: "" };
  await run({ ...wish, ...leftEmpty }, { variables, connection: { baseUrl: world.url, apiKey: team.key } });
  assert.equal(variableOf(variables).contacts.length, 1, "in the variable that is usual");
  await assert.rejects(run(wish, { variables }), /needs a client/);
});

test("the server's refusal comes through, and no variable is set", async () => {
  const { variables, context } = await setting();
  const wish = { sequence_id: NOBODY, email_account_id: mailbox, contact_ids: NOBODY };
  assert.equal((await refused(run(wish, context))).status, 404);
  assert.deepEqual(variables, {});
});

const GOOD = { sequence_id: NOBODY, email_account_id: NOBODY, contact_ids: NOBODY };
const BAD: [string, Partial<Configuration>, RegExp][] = [
  [
    "every bad id",
    { contact_ids: `x1,${NOBODY},y2` },
    /"x1" is not a valid ID; contact_ids: "y2" is not a valid ID$/,
  ],
  [
    "what is missing",
    { sequence_id: " ", contact_ids: "" },
    /^sequence_id: is missing; contact_ids: is missing$/,
  ],
  ["two sequences", { sequence_id: `${NOBODY},64f0aa0000000000000000fe` }, /sequence_id: takes one id/],
  ["a bad mailbox", { email_account_id: "ole@example.no" }, /email_account_id: "ole@example.no" is not/],
  ["a bad user", { user_id: "me" }, /user_id: "me" is not/],
  ["an invalid flag", { sequence_no_email: unchecked("maybe") }, /sequence_no_email: must be true or false/],
  ["an unusable variable", { output_variable: "__proto__" }, /output_variable: is not a valid variable name/],
  [
    "the first ten of many",
    { contact_ids: Array.from({ length: 30 }, (_, n) => `x${n}`).join() },
    /; and 20 more$/,
  ],
];
for (const [what, wrong, says] of BAD) {
  test(`before anything is sent it names ${what}`, async () => {
    const api = { joining: { addContacts: () => assert.fail("sent") }, progress: {} } as unknown as Client;
    const run1 = run({ ...GOOD, ...wrong }, { client: api, variables: {} });
    await assert.rejects(run1, (error) => error instanceof Misconfigured && says.test(error.message));
  });
}

test("the schema names what the issue of a platform's form needs, and nothing unknown", () => {
  assert.deepEqual(configuration.required, ["sequence_id", "email_account_id", "contact_ids"]);
  const shown = Object.entries<{ title: string; type?: string }>(configuration.properties);
  const flags = shown.filter(([name, { type }]) => name.startsWith("sequence_") && type === "boolean");
  assert.equal(flags.length, 5);
  for (const [name, { title }] of shown) assert.ok(title.length > 2, name);
});
