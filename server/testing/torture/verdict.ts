// What a fault has left behind: waits until nothing moves any more, asks the witnesses and every check, and counts.

import { bringWitnesses, type Violation, violations } from "../invariants.ts";
import { wrongCounts } from "../joining-checks.ts";
import { PATIENCE_MS } from "../patience.ts";
import { asOwner } from "../wire.ts";
import type { Arena } from "./arena.ts";
import { holdsWithin } from "./ground.ts";

export type TortureVerdict = {
  kills: number;
  mails: number;
  twice: number;
  lost: number;
  /**
   * How many mails were at the final dot when a process was killed, or were left without an answer. No other mail may
   * be in doubt.
   */
  atTheDot: number;
  /** Of those, how many the sink has taken. */
  taken: number;
  unclear: number;
  /** Of the unclear ones, those that had been delivered. */
  delivered: number;
  seconds: number;
  recoveries: number[];
  violations: Violation[];
  complaints: string[];
  /** How much there was that each check could have found something in. */
  lookedAt: Record<string, number>;
};

/** Of what sends nothing, or came to no end. */
export const NOTHING: TortureVerdict = {
  kills: 0,
  mails: 0,
  twice: 0,
  lost: 0,
  atTheDot: 0,
  taken: 0,
  unclear: 0,
  delivered: 0,
  seconds: 0,
  recoveries: [],
  violations: [],
  complaints: [],
  lookedAt: {},
};

/** Enrollments that could go on without help, and have not. */
const MOVING = `
  select (select count(*)::int from messages where delivery in ('claimed', 'dot')) as underway,
         (select count(*)::int from enrollments e where e.state = 'active'
             and not exists (select from messages m where m.enrollment_id = e.id and m.delivery = 'unconfirmed')) as waiting`;

type Moving = { underway: number; waiting: number };

/** The state of some of them, for the developer who looks into it. */
const STUCK = `
  select to_jsonb(s)::text as stands
    from (select e.id, e.state, e.plan_at, e.due_at, p.position, m.delivery, m.is_queued, m.next_check_at, m.hold_code, m.engine_id, m.released_at
            from enrollments e
            left join sequence_steps p on p.id = e.current_step_id
            left join messages m on m.enrollment_id = e.id and m.step_id = e.current_step_id and m.copy_of is null
           where e.state = 'active' and m.delivery is distinct from 'unconfirmed' limit 3) s`;

/** Webhook receivers have asked for them, and may yet be sent them. */
const UNTOLD =
  "from audit.events e where not exists (select from audit.event_deliveries d where d.event_id = e.event_id and d.terminal)";

const LOOKED_AT = `
  select (select count(*)::int from sink.accepted) as mails, (select count(*)::int from audit.sends) as slots,
         (select count(*)::int from audit.attempts) as attempts, (select count(*)::int from audit.stops) as stops,
         (select count(*)::int from audit.attempts where outcome = 'ambiguous') as doubts,
         (select count(*)::int from audit.sends s join audit.mailboxes m using (mailbox_id)
           where s.released_at is not null and m.hourly_limit is not null) as "limitedMails",
         (select count(*)::int from audit.enrollment_states where to_at is null) as enrollments,
         (select count(distinct job_id)::int from audit.job_items) as jobs,
         (select count(*)::int from sink.imap_injected) as injected, (select count(*)::int from audit.events) as events,
         (select count(*)::int from sink.webhook_received) as webhooks,
         (select count(*)::int from audit.sends where step_no > 1 and released_at is not null) as "laterSteps"`;

export type VerdictOptions = {
  /** Contacts who must wait for longer than the test runs: they are not lost. */
  mayWait?: boolean | undefined;
  /** The database was put back to what it was: mails it has forgotten go out again once a person has said so. */
  forgets?: boolean | undefined;
};

const OF_WHAT_WAS_FORGOTTEN: ReadonlySet<string> = new Set(["I01", "I02", "I05", "I30"]);

export async function judgeArena(
  arena: Arena,
  began: number,
  { mayWait = false, forgets = false }: VerdictOptions = {},
): Promise<TortureVerdict> {
  const moving = async () => (await arena.ask<Moving>(MOVING))[0] as Moving;
  await holdsWithin(
    async () => {
      if (arena.crew.hands.length === 0 && !arena.sendsItself) await arena.crew.hire().ready;
      const { underway, waiting } = await moving();
      return underway === 0 && (mayWait || waiting === 0);
    },
    PATIENCE_MS,
    200,
  );
  await holdsWithin(async () => (await arena.count(UNTOLD)) === 0, PATIENCE_MS, 200);
  await arena.crew.retire(); // an engine that goes on while the result is read shows half of what it does
  const { underway, waiting } = await moving();
  const complaints: string[] = [];
  if (waiting > 0 && !mayWait)
    for (const { stands } of await arena.ask<{ stands: string }>(STUCK))
      complaints.push(`left waiting: ${stands}`);
  if (underway > 0) complaints.push(`${underway} mails are still under way`);
  const [counts, checks] = [await counted(arena), await checked(arena)];
  const isMeant = ({ chk }: Violation) => forgets && OF_WHAT_WAS_FORGOTTEN.has(chk);
  return {
    ...counts,
    ...checks,
    complaints,
    twice: forgets ? 0 : counts.twice,
    violations: checks.violations.filter((one) => !isMeant(one)),
    lost: mayWait ? 0 : waiting,
    seconds: Math.round((performance.now() - began) / 1_000),
    recoveries: arena.recoveries,
  };
}

async function counted(arena: Arena) {
  const { crew, journal, ask } = arena;
  const { accepted, unanswered: all } = witnessed(arena);
  const known = new Set(accepted.map(({ message_id }) => message_id));
  const unclear = await ask<{ id: string }>(
    "select internet_message_id as id from messages where delivery = 'unconfirmed'",
  );
  const tokens = accepted.map(({ contact_token, step_token }) => `${contact_token}:${step_token}`);
  const unanswered = all.filter(({ what }) => what !== "cut");
  const atTheDot = [...journal.struck, ...unanswered].map(({ message_id }) => message_id);
  return {
    kills: crew.kills,
    mails: accepted.length,
    twice: tokens.length - new Set(tokens).size,
    atTheDot: atTheDot.length,
    taken: atTheDot.filter((id) => known.has(id)).length,
    unclear: unclear.length,
    delivered: unclear.filter(({ id }) => known.has(id)).length,
  };
}

/** By the sink, and by the mailboxes at providers: what they took, and what they left without an answer. */
function witnessed({ sink, providers }: Pick<Arena, "sink" | "providers">) {
  return {
    accepted: [...sink.lines(), ...(providers?.lines() ?? [])],
    unanswered: [...sink.unanswered(), ...(providers?.unanswered ?? [])],
  };
}

/** By the checks, and by what the API counts (I35). */
async function checked(arena: Arena) {
  const { world, team, scenes, injected, journal, heard, lookedAt } = arena;
  const found = await asOwner(world, async (client) => {
    await bringWitnesses(client, {
      ...witnessed(arena),
      injected,
      struck: journal.struck,
      received: heard.webhooks(),
    });
    const { rows } = await client.query<Record<string, number>>(LOOKED_AT);
    return { violations: await violations(client), lookedAt: rows[0] ?? {} };
  });
  const sequenceIds = scenes.map(({ sequenceId }) => sequenceId);
  const wrong = await wrongCounts(world, team, sequenceIds);
  return {
    violations: [...found.violations, ...wrong.map((k) => ({ chk: "I35", k }))],
    lookedAt: { ...found.lookedAt, ...lookedAt, sequences: sequenceIds.length, runs: 1 },
  };
}
