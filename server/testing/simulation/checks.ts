// What is asked of a simulated company after each day: the invariants of every test with mails, the promises about adding people, and
// what only someone outside knows, who keeps each mail that was received and each answer that was given.

import { readFileSync } from "node:fs";
import type pg from "pg";
import { bringWitnesses, violations } from "../invariants.ts";
import { brokenPromises, wrongCounts } from "../joining-checks.ts";
import { asOwner } from "../owner.ts";
import type { SinkLine } from "../sink.ts";
import { lineFrom } from "../sink-session.ts";
import type { Company } from "./company.ts";

const CHECKS = readFileSync(new URL("./checks.sql", import.meta.url), "utf8");
const LEDGER = readFileSync(new URL("../ledger-invariants.sql", import.meta.url), "utf8");

/**
 * Limits of mailboxes and of the team change here, so S04, S05, S09 and S10 ask by what held at the moment. A step comes again to those who are added again, so S01 asks by
 * enrollment. The time stands while work is done, so the last email and the end after it have one moment (S08). Emails by hand are
 * no mass email and have no headers to unsubscribe (S11).
 */
const ASKED_OTHERWISE: ReadonlySet<string> = new Set(["I01", "I11", "I13", "I14", "I28", "I40"]);

/** Who is started over is in the sequence again, and was not added. */
const OF_AN_ADD = ["there without a verdict", "told of nothing that happened"];

type Answer = { address: string; kind: string; at: string; answers: string | null };

/** What was received and answered since the beginning, also where the product has forgotten it. */
export type Witness = {
  mails: Map<string, SinkLine>;
  answers: Map<string, Answer>;
  /** Of each mail, the enrollment that it was sent for, which a merge or a deletion takes from it later. */
  whose: Map<string, string>;
};

export function openWitness(): Witness {
  return { mails: new Map(), answers: new Map(), whose: new Map() };
}

export async function lookAt(company: Company, witness: Witness): Promise<string[]> {
  const now = await company.now();
  const world = { ownerConnection: company.owner };
  const team = { id: company.teamId, api: company.api };
  const found = await asOwner(world, async (client) => {
    await listen(client, company.teamId, witness, now);
    await bringWitnesses(client, { accepted: [...witness.mails.values()] });
    await bringOwn(client, company, witness);
    const known = (await violations(client)).filter(({ chk }) => !ASKED_OTHERWISE.has(chk));
    const own = await client.query<{ chk: string; k: string }>(CHECKS, [company.teamId, now.toString()]);
    const ledger = await client.query<{ chk: string; k: string }>(LEDGER);
    return [...known, ...own.rows, ...ledger.rows].map(({ chk, k }) => `${chk}: ${k}`);
  });
  const startedOver = await asOwner(world, (client) => againOnes(client, company.teamId));
  const promises = await brokenPromises(world, team);
  return [
    ...found,
    ...promises.filter(
      (one) => !OF_AN_ADD.some((kind) => one.startsWith(kind)) || !startedOver.has(idIn(one)),
    ),
    ...(await wrongCounts(world, team, company.known.sequences)),
    ...company.complaints(),
  ];
}

async function againOnes(client: pg.ClientBase, teamId: string) {
  const { rows } = await client.query<{ id: string }>(
    "select id from enrollments where team_id = $1 and generation > 1",
    [teamId],
  );
  return new Set(rows.map(({ id }) => id));
}

function idIn(promise: string) {
  return promise.slice(promise.lastIndexOf(" ") + 1);
}

/** What was received and answered since it listened last. Without a mark of person and step it is no mail of a sequence. */
export async function listen(
  client: pg.ClientBase,
  teamId: string,
  { mails, answers, whose }: Witness,
  now: Temporal.Instant,
) {
  const { rows } = await client.query<CaughtRow>(
    `select m.id, m.at, m.folder, m.from_address, m.to_address, m.raw,
            a.message_id as answered, a.to_address as answering, a.script ->> 'does' as does
       from catcher_messages m left join catcher_messages a on a.team_id = m.team_id and a.id = m.answers
      where m.team_id = $1 and not (m.id = any($2::text[]))`,
    [teamId, [...mails.keys(), ...answers.keys()]],
  );
  for (const row of rows)
    if (row.folder !== "Sent") answers.set(row.id, answerOf(row));
    else {
      const line = lineFrom(row.raw);
      if (line.contact_token) mails.set(row.id, { ...line, ...outside(row, mails.size + 1) });
    }
  const sent = await client.query<{ message_id: string; enrollment_id: string }>(
    "select message_id, enrollment_id from audit.sends where team_id = $1 and message_id = any($2::text[]) and enrollment_id is not null",
    [teamId, [...mails.values()].map(({ message_id }) => message_id).filter((id) => id && !whose.has(id))],
  );
  for (const { message_id, enrollment_id } of sent.rows) whose.set(message_id, enrollment_id);
  // Who clicks leaves no email. It is known to have happened by now.
  const clicked = await client.query<{ id: string; address: string; answered: string }>(
    `select id, lower(to_address) as address, message_id as answered from catcher_messages
      where team_id = $1 and script ->> 'does' = 'one_click' and answer_due_at is null`,
    [teamId],
  );
  for (const { id, address, answered } of clicked.rows)
    if (!answers.has(`${id} click`))
      answers.set(`${id} click`, { address, kind: "one_click", at: now.toString(), answers: answered });
}

type CaughtRow = {
  id: string;
  at: Date;
  folder: string;
  from_address: string;
  to_address: string;
  raw: Buffer;
  answered: string | null;
  answering: string | null;
  does: string | null;
};

function outside({ at, to_address, from_address, raw }: CaughtRow, n: number) {
  return {
    n,
    at: at.toISOString(),
    rcpt: to_address,
    nrcpt: 1,
    from: from_address,
    login: null,
    bytes: raw.length,
  };
}

function answerOf({ at, answering, does, answered }: CaughtRow): Answer {
  return {
    address: (answering ?? "").toLowerCase(),
    kind: does ?? "",
    at: at.toISOString(),
    answers: answered,
  };
}

const OWN_TABLES = `
  create table if not exists sink.limits (mailbox_id text, at timestamptz, daily int, hourly int);
  create table if not exists sink.team_limits (at timestamptz, person_most int, person_days int, domain_most int);
  create table if not exists sink.whose (message_id text, enrollment_id text);
  create table if not exists sink.answers (address text, kind text, at timestamptz, answers text, lifted timestamptz);
  truncate sink.limits, sink.team_limits, sink.whose, sink.answers`;

async function bringOwn(client: pg.ClientBase, { known }: Company, { answers, whose }: Witness) {
  await client.query(OWN_TABLES);
  const limits = known.limits.map(({ mailboxId, at, daily, hourly }) => ({
    mailbox_id: mailboxId,
    at: at.toString(),
    daily,
    hourly,
  }));
  const ofTeam = known.teamLimits.map((one) => ({ ...one, at: one.at.toString() }));
  const given = [...answers.values()].map(({ address, kind, at, answers: to }) => ({
    address,
    kind,
    at,
    answers: to,
    lifted: known.lifted.get(address)?.toString() ?? null,
  }));
  const sentFor = [...whose].map(([message_id, enrollment_id]) => ({ message_id, enrollment_id }));
  for (const [table, rows] of Object.entries({ limits, team_limits: ofTeam, answers: given, whose: sentFor }))
    await client.query(
      `insert into sink.${table} select * from jsonb_populate_recordset(null::sink.${table}, $1::jsonb)`,
      [JSON.stringify(rows)],
    );
}
