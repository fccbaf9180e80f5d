// What a fault has left behind: waits until nothing moves any more, asks the witnesses and every check, and counts.

import { bringWitnesses, type Violation, violations } from "../invariants.ts";
import { asOwner } from "../wire.ts";
import { type Arena, until } from "./arena.ts";

export type Verdict = {
  kills: number;
  mails: number;
  twice: number;
  lost: number;
  unclear: number;
  /** Whatever was on its way at a kill is in doubt, and whatever the sink dropped. */
  mayBeUnclear: number;
  /** Of the unclear ones, those that had been delivered. */
  delivered: number;
  seconds: number;
  recoveries: number[];
  violations: Violation[];
  complaints: string[];
};

/** Of each mailbox an engine has one batch under way. */
function onTheirWay({ scenes }: Arena) {
  return 24 * Math.min(8, Math.max(...scenes.map(({ mailboxIds }) => mailboxIds.length)));
}

const SETTLE_MS = 60_000;

/** Whoever could go on without anybody's help, and has not. */
const MOVING = `
  select (select count(*)::int from messages where delivery in ('claimed', 'dot')) as underway,
         (select count(*)::int from enrollments e where e.state = 'active'
             and not exists (select from messages m where m.enrollment_id = e.id and m.delivery = 'unconfirmed')) as waiting`;

type Moving = { underway: number; waiting: number };

/** How some of them stand, for whoever looks into it. */
const STUCK = `
  select to_jsonb(s)::text as stands
    from (select e.id, e.state, e.plan_at, e.due_at, p.position, m.delivery, m.is_queued, m.look_at, m.hold_code, m.engine_id, m.dot_at
            from enrollments e
            left join sequence_steps p on p.id = e.current_step_id
            left join messages m on m.enrollment_id = e.id and m.step_id = e.current_step_id and m.copy_of is null
           where e.state = 'active' and m.delivery is distinct from 'unconfirmed' limit 3) s`;

export type Wish = {
  /** Whoever has to wait for longer than anybody waits here: they are not lost. */
  mayWait?: boolean;
};

export async function judge(arena: Arena, began: number, { mayWait = false }: Wish = {}): Promise<Verdict> {
  const moving = async () => (await arena.ask<Moving>(MOVING))[0] as Moving;
  await until(
    async () => {
      if (arena.crew.hands.length === 0 && !arena.sendsItself) await arena.crew.hire().ready;
      const { underway, waiting } = await moving();
      return underway === 0 && (mayWait || waiting === 0);
    },
    SETTLE_MS,
    200,
  );
  await arena.crew.retire(); // whoever goes on while it is looked at shows half of what they do
  const { underway, waiting } = await moving();
  const accepted = arena.sink.lines();
  const found = await asOwner(arena.world, async (client) => {
    await bringWitnesses(client, { accepted });
    return violations(client);
  });
  const known = new Set(accepted.map(({ message_id }) => message_id));
  const unclear = await arena.ask<{ id: string }>(
    "select internet_message_id as id from messages where delivery = 'unconfirmed'",
  );
  const tokens = accepted.map(({ contact_token, step_token }) => `${contact_token}:${step_token}`);
  const complaints: string[] = [];
  if (waiting > 0 && !mayWait)
    for (const { stands } of await arena.ask<{ stands: string }>(STUCK))
      complaints.push(`left waiting: ${stands}`);
  if (underway > 0) complaints.push(`${underway} mails are still under way`);
  return {
    kills: arena.crew.kills,
    mails: accepted.length,
    twice: tokens.length - new Set(tokens).size,
    lost: mayWait ? 0 : waiting,
    unclear: unclear.length,
    mayBeUnclear: (arena.crew.kills + arena.sleeps) * onTheirWay(arena) + arena.sink.faults(),
    delivered: unclear.filter(({ id }) => known.has(id)).length,
    seconds: Math.round((performance.now() - began) / 1_000),
    recoveries: arena.recoveries,
    violations: found,
    complaints,
  };
}
