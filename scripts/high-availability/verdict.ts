// What the failovers have left behind: waits until every email went its way, then asks the mail server and every check of the torture.

import { bringWitnesses, type Violation, violations } from "../../server/testing/invariants.ts";
import { holdsWithin } from "../../server/testing/torture/ground.ts";
import { asOwner } from "../../server/testing/wire.ts";
import type { Caller } from "./caller.ts";
import { DATABASE } from "./cluster.ts";
import type { Rig } from "./rig.ts";

export type Verdict = {
  /** That were to be sent. */
  planned: number;
  emails: number;
  twice: number;
  /** Never taken, and not said to be in doubt. */
  lost: number;
  /** Nobody can know whether they were delivered, or it was not found out yet. */
  unclear: number;
  /** Times that a person let sending go on. */
  confirmations: number;
  /** Calls that were acknowledged, and those of them whose effect is gone. */
  saved: number;
  gone: number;
  complaints: string[];
};

type Left = { waiting: number; underway: number; unclear: number };

/** Enrollments that could go on without help, and emails whose end is not known. */
const LEFT = `
  select (select count(*)::int from enrollments e where e.state = 'active'
             and not exists (select from messages m where m.enrollment_id = e.id and m.delivery = 'unconfirmed')) as waiting,
         (select count(*)::int from messages where delivery in ('claimed', 'dot')) as underway,
         (select count(*)::int from messages where delivery = 'unconfirmed') as unclear`;

/** `ms`: how long emails may still take. */
export async function judge(rig: Rig, caller: Caller, ms: number): Promise<Verdict> {
  const { sink, ask, cluster, journal, scenes } = rig;
  const left = async () => (await ask<Left>(LEFT))[0] as Left;
  await holdsWithin(
    async () => {
      const { waiting, underway } = await left();
      return waiting + underway === 0;
    },
    ms,
    500,
  );
  await caller.stop();
  const { waiting, underway, unclear } = await left();
  const lines = sink.lines();
  const tokens = new Set(lines.map(({ contact_token, step_token }) => `${contact_token}:${step_token}`));
  const place = { ownerConnection: (await cluster.primary()).connection(DATABASE) };
  const found = await asOwner(place, async (client) => {
    const said = { accepted: lines, unanswered: sink.unanswered(), struck: journal.struck };
    await bringWitnesses(client, said);
    return violations(client);
  });
  const [kept] = await ask<{ n: number }>(
    "select count(*)::int as n from contacts where id = any($1::text[]::ident[])",
    [caller.saved],
  );
  const [confirmed] = await ask<{ n: number }>(
    "select count(*)::int as n from events where type = 'sending.confirmed'",
  );
  const { sending } = (await rig.operator.installation.show()).installation;
  const planned = scenes.reduce((sum, { mails }) => sum + mails, 0);
  return {
    planned,
    emails: lines.length,
    twice: lines.length - tokens.size,
    lost: unclear > 0 ? waiting : planned - tokens.size,
    unclear,
    confirmations: confirmed?.n ?? 0,
    saved: caller.saved.length,
    gone: caller.saved.length - (kept?.n ?? 0),
    complaints: [
      ...told(found),
      ...(waiting + underway > 0 ? [`${waiting} contacts wait and ${underway} emails are under way`] : []),
      ...(sending.held ? [`sending is held: ${sending.reasons.map(({ code }) => code).join(", ")}`] : []),
    ],
  };
}

function told(found: readonly Violation[]) {
  return [...Map.groupBy(found, ({ chk }) => chk)].map(
    ([chk, own]) => `${chk}: ${own.length}, such as ${own.slice(0, 3).map(({ k }) => k)}`,
  );
}

/** Everything that should not be; empty where all is well. */
export function wrongs({ twice, lost, gone, confirmations, complaints }: Verdict) {
  const count = (n: number, what: string) => (n > 0 ? [`${n} ${what}`] : []);
  return [
    ...count(twice, "emails were taken twice"),
    ...count(lost, "emails were lost"),
    ...count(gone, "acknowledged calls had no effect"),
    ...count(confirmations, "times a person confirmed"),
    ...complaints,
  ];
}
