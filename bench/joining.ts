// How fast contacts join a sequence, with every check, where a million contacts are in sequences two million times.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@cadenza/sdk";
import type pg from "pg";
import { seedContacts } from "./contact-rows.ts";
import { type SeededSequences, seedEnrollments } from "./enrollment-rows.ts";
import { type Figure, percentile, type Suite } from "./harness.ts";
import { connectAs, residentMegabytes, startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3914;
const CONTACTS = Number(process.env.CADENZA_BENCH_CONTACTS ?? 1_000_000);
const AT_ONCE = 1_000;
const LIST = CONTACTS / 10;
/** Beside those, who are not in the large sequence and can be added to it. */
const OUTSIDE = 50_000;
const ROUNDS = 20;

export const joining: Suite = {
  name: "Joining a sequence",
  about:
    `One team with ${CONTACTS} contacts, which are in 200 sequences ${CONTACTS * 2} times: all of them in one, and each in one more. ` +
    "Contacts are added over HTTP, with every check and the whole answer, and against what nobody could do without: inserting the " +
    "same rows with one `insert ... select`, and reading the same contacts. All flags are set, so that everybody joins; the checks " +
    "are made all the same. Both sides write into the same table, in turn, each into a sequence that began empty.",
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const env = { CADENZA_DATA_DIR: dataDir, CADENZA_BOOTSTRAP_KEY: KEY, CADENZA_LOG_LEVEL: "warn" };
    const server = await startServer(["scripts/run.mjs", "start"], PORT, env);
    try {
      return await measure(server.url, server.pid, dataDir);
    } finally {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

type Ground = {
  url: string;
  key: string;
  teamId: string;
  userId: string;
  owner: pg.Client;
  app: pg.Client;
  seeded: SeededSequences;
  newSequence(): Promise<{ id: string; step: string }>;
  /** The next so many contacts, never the same twice. */
  fresh(count: number): string[];
  /** The same of those who are not in the large sequence. */
  outside(count: number): string[];
};

async function measure(url: string, pid: number, dataDir: string): Promise<Figure[]> {
  const owner = await connectAs(dataDir, "owner");
  const app = await connectAs(dataDir, "app");
  const operator = createClient({ baseUrl: url, apiKey: KEY, retries: 0 });
  const made = await operator.teams.create({ name: "Many", owner_email: "many@bench.example" });
  const { id: teamId } = made.team;
  const contacts = await seedContacts(owner, teamId, CONTACTS + OUTSIDE);
  await owner.query("update users set role = 'admin' where team_id = $1 and id = $2", [
    teamId,
    contacts.owners[0],
  ]);
  const seeded = await seedEnrollments(owner, teamId, CONTACTS, contacts);
  await owner.query("checkpoint");
  const api = createClient({ baseUrl: url, apiKey: made.api_key.key, retries: 0 });
  let [next, nextOutside] = [1, CONTACTS];
  const contactAt = (n: number) => `${teamId.slice(0, 8)}dd${n.toString(16).padStart(14, "0")}`;
  const ground: Ground = {
    url,
    key: made.api_key.key,
    teamId,
    userId: contacts.owners[0] ?? "",
    owner,
    app,
    seeded,
    async newSequence() {
      const steps = [{ type: "auto_email", wait_time: 0, wait_mode: "day" }] as const;
      const { emailer_campaign, emailer_steps } = await api.sequences.create({
        name: "Filled",
        active: true,
        emailer_steps: steps.map((step) => ({
          ...step,
          emailer_touches: [
            {
              status: "approved",
              emailer_template: { subject: "Hello {{first_name}}", body_html: "<p>Hello {{first_name}}</p>" },
            },
          ],
        })),
      });
      return { id: emailer_campaign.id, step: emailer_steps[0]?.id ?? "" };
    },
    fresh(count) {
      // A stride of a prime, so that neighbours in a request are not neighbours on the disk.
      return Array.from({ length: count }, () => {
        next = (next + 7919) % CONTACTS;
        return contactAt(next + 1);
      });
    },
    outside: (count) => Array.from({ length: count }, () => contactAt(++nextOutside % (CONTACTS + OUTSIDE))),
  };
  const figures = [
    await againstBare(ground),
    await againstEmpty(ground),
    ...(await byList(ground, pid, contacts.labels)),
  ];
  await owner.end();
  await app.end();
  return figures;
}

const FLAGS = {
  sequence_no_email: true,
  sequence_unverified_email: true,
  sequence_job_change: true,
  sequence_active_in_other_campaigns: true,
  sequence_finished_in_other_campaigns: true,
  sequence_same_company_in_same_campaign: true,
  contacts_without_ownership_permission: true,
};

/** Answers how long it took until the last byte was there. */
async function add({ url, key, seeded }: Ground, sequenceId: string, wish: Record<string, unknown>) {
  const began = performance.now();
  const answer = await fetch(`${url}/api/v1/emailer_campaigns/${sequenceId}/add_contact_ids`, {
    method: "POST",
    headers: { "x-api-key": key, "content-type": "application/json" },
    body: JSON.stringify({
      emailer_campaign_id: sequenceId,
      send_email_from_email_account_id: seeded.mailboxes,
      ...FLAGS,
      ...wish,
    }),
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(text.slice(0, 500));
  return { took: performance.now() - began, text };
}

async function addKnown(ground: Ground, sequenceId: string, contactIds: string[]) {
  const { took, text } = await add(ground, sequenceId, { contact_ids: contactIds });
  if (!text.includes('"skipped_contact_ids":{}')) throw new Error("somebody was left out");
  return took;
}

/** What adding comes down to: the rows, and the contacts as the answer shows them. */
async function addBare(
  { app, teamId, userId, seeded }: Ground,
  to: { id: string; step: string },
  contactIds: string[],
) {
  const began = performance.now();
  await app.query("begin");
  await app.query("select set_config('cadenza.team_id', $1, true)", [teamId]);
  await app.query(BARE_INSERT, [teamId, contactIds, to.id, to.step, seeded.mailboxes, userId, new Date()]);
  await app.query("commit");
  await app.query("begin");
  await app.query("select set_config('cadenza.team_id', $1, true)", [teamId]);
  await app.query(BARE_SELECT, [teamId, contactIds]);
  await app.query("commit");
  return performance.now() - began;
}

const BARE_INSERT = `insert into enrollments (team_id, id, sequence_id, contact_id, state, current_step_id, mailbox_id,
    send_from_email, company_key, added_by, added_at, due_at, updated_at)
  select $1::text, new_ident(), $3::text, c.id, 'active', $4::text, ($5::text[])[1 + n % cardinality($5::text[])], 'box@bench.example',
         c.company_key, $6::text, $7::timestamptz, $7::timestamptz, $7::timestamptz
    from unnest($2::text[]) with ordinality as w (id, n)
    join contacts c on c.team_id = $1 and c.id = w.id`;

const BARE_SELECT = `select c.*,
    (select json_agg(e) from enrollments e where e.team_id = c.team_id and e.contact_id = c.id),
    (select json_agg(e) from contact_emails e where e.team_id = c.team_id and e.contact_id = c.id),
    (select json_agg(p) from contact_phones p where p.team_id = c.team_id and p.contact_id = c.id),
    (select json_agg(l) from contact_labels l where l.team_id = c.team_id and l.contact_id = c.id),
    (select json_agg(v) from contact_field_values v where v.team_id = c.team_id and v.contact_id = c.id),
    (select to_json(a) from accounts a where a.team_id = c.team_id and a.id = c.account_id)
  from contacts c where c.team_id = $1 and c.id = any($2::text[])`;

async function againstBare(ground: Ground): Promise<Figure> {
  const [ours, theirs] = [await ground.newSequence(), await ground.newSequence()];
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let round = -3; round < ROUNDS; round++) {
    const took = {
      ours: await addKnown(ground, ours.id, ground.fresh(AT_ONCE)),
      theirs: await addBare(ground, theirs, ground.fresh(AT_ONCE)),
    };
    if (round < 0) continue; // warming up
    times.ours.push(took.ours);
    times.theirs.push(took.theirs);
  }
  return slowest(`adding ${AT_ONCE} at once, over HTTP, p95 against the bare statements`, times, 3);
}

/** The same into a sequence that everybody else is in already. */
async function againstEmpty(ground: Ground): Promise<Figure> {
  const empty = await ground.newSequence();
  const { large } = ground.seeded;
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let round = -3; round < ROUNDS; round++) {
    const people = ground.outside(AT_ONCE);
    const took = {
      ours: await addKnown(ground, large, people),
      theirs: await addKnown(ground, empty.id, ground.outside(AT_ONCE)),
    };
    if (round < 0) continue;
    times.ours.push(took.ours);
    times.theirs.push(took.theirs);
  }
  return slowest(`adding ${AT_ONCE} to a sequence of ${CONTACTS} against an empty one, p95`, times, 1.3);
}

function slowest(name: string, { ours, theirs }: { ours: number[]; theirs: number[] }, most: number): Figure {
  const [slow, bare] = [percentile(ours, 0.95), percentile(theirs, 0.95)];
  const medians = `medians ${percentile(ours, 0.5).toFixed(0)} and ${percentile(theirs, 0.5).toFixed(0)} ms`;
  return {
    name,
    measured: `${(slow / bare).toFixed(2)} times`,
    target: `${most} times or less`,
    isMet: slow / bare <= most,
    detail: `${slow.toFixed(0)} against ${bare.toFixed(0)} ms; ${medians}`,
  };
}

async function byList(ground: Ground, pid: number, labels: readonly string[]): Promise<Figure[]> {
  const { owner, teamId } = ground;
  const lists = [labels[38] ?? "", labels[39] ?? ""];
  const rates = { ours: [] as number[], theirs: [] as number[] };
  const memory = { early: [] as number[], late: [] as number[] };
  for (let round = 0; round < 3; round++) {
    const people = ground.fresh(LIST);
    const [list = ""] = lists;
    await owner.query("delete from contact_labels where team_id = $1 and label_id = $2", [teamId, list]);
    await owner.query(
      "insert into contact_labels (team_id, label_id, contact_id, added_at) select $1, $2, unnest($3::text[]), now()",
      [teamId, list, people],
    );
    const { rows } = await owner.query<{ name: string }>(
      "select name from labels where team_id = $1 and id = $2",
      [teamId, list],
    );
    const began = performance.now();
    const { text } = await add(ground, (await ground.newSequence()).id, { label_names: [rows[0]?.name] });
    const { entity_progress_job: job } = JSON.parse(text) as { entity_progress_job: { id: string } };
    const api = createClient({ baseUrl: ground.url, apiKey: ground.key, retries: 0 });
    for (let isDone = false; !isDone; ) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const { rows } = await owner.query<{ done: number; status: string }>(
        "select done, status from progress where id = $1",
        [job.id],
      );
      const { done = 0, status = "" } = rows[0] ?? {};
      const megabytes = residentMegabytes(pid);
      if (done >= LIST * 0.1 && done < LIST * 0.3) memory.early.push(megabytes);
      if (done >= LIST * 0.8) memory.late.push(megabytes);
      isDone = status === "done";
      if (status === "failed")
        throw new Error((await api.progress.get({ id: job.id })).entity_progress_job.error ?? "");
    }
    rates.ours.push(LIST / ((performance.now() - began) / 1000));
    rates.theirs.push(await bareRate(ground, ground.fresh(LIST)));
  }
  const [ours, theirs] = [percentile(rates.ours, 0.5), percentile(rates.theirs, 0.5)];
  const [early, late] = [percentile(memory.early, 0.5), percentile(memory.late, 0.5)];
  return [
    {
      name: `adding ${LIST} by a list, in the background, against the bare insert`,
      measured: `${((ours / theirs) * 100).toFixed(0)} % of bare`,
      target: "25 % or more",
      isMet: ours / theirs >= 0.25,
      detail: `${Math.round(ours)} against ${Math.round(theirs)} contacts a second, medians of 3`,
    },
    {
      name: "memory of our process at the end of it, against its beginning",
      measured: `${(late - early).toFixed(0)} MB more`,
      target: "flat: less than 40 MB more",
      isMet: late - early < 40,
      detail: `medians over the last fifth and the second and third tenth: ${late.toFixed(0)} and ${early.toFixed(0)} MB`,
    },
  ];
}

async function bareRate({ app, teamId, userId, seeded, newSequence }: Ground, people: string[]) {
  const to = await newSequence();
  const began = performance.now();
  await app.query("begin");
  await app.query("select set_config('cadenza.team_id', $1, true)", [teamId]);
  await app.query(BARE_INSERT, [teamId, people, to.id, to.step, seeded.mailboxes, userId, new Date()]);
  await app.query("commit");
  return people.length / ((performance.now() - began) / 1000);
}
