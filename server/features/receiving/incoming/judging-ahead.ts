// What mails are, judged in a thread of their own before they are taken in, by what is known of us at that moment.

import type { App } from "../../../app.ts";
import type { InboundFacts } from "../../../domain/receiving/inbound-facts.ts";
import type { InboundVerdict } from "../../../domain/receiving/inbound-verdict.ts";
import type { MailboxFolder } from "./commands.ts";
import { type Arrival, gatherKnown } from "./facts.ts";
import { type Apart, ourReaders, type ReadingFault } from "./run-in-worker.ts";
import { unseen } from "./unseen.ts";

export type JudgedAhead = ReadonlyMap<Arrival, { by: string; verdict: Apart<InboundVerdict> }>;

export async function judgeAhead(
  app: App,
  place: MailboxFolder,
  arrivals: readonly Arrival[],
): Promise<JudgedAhead> {
  const { teamId, folder } = place;
  if (arrivals.length === 0) return new Map();
  const known = await app.db.inTeam(teamId, async (db) => {
    const fresh = await unseen(db, teamId, arrivals);
    const sound = fresh.filter(({ fault }) => fault === null);
    const { factsFor } = await gatherKnown(db, teamId, folder.role, sound);
    return sound.map((arrival) => ({ arrival, facts: factsFor(arrival) }));
  });
  const verdicts = await ourReaders.judge(
    teamId,
    known.map(({ arrival, facts }) => ({ mail: arrival.mail, facts })),
  );
  const ahead = known.map(({ arrival, facts }, index) => {
    const verdict = verdicts[index] as Apart<InboundVerdict>;
    if (verdict.fault)
      app.log.error(
        { teamId, mailboxId: place.mailboxId, uid: arrival.uid, why: verdict.fault, err: verdict.detail },
        "an incoming email could not be classified and is skipped",
      );
    return [arrival, { by: printed(facts), verdict }] as const;
  });
  return new Map(ahead);
}

/** Why it is set aside instead of taken in. */
export function readingFaultOf(arrival: Arrival, ahead: JudgedAhead): ReadingFault | null {
  return arrival.fault ?? ahead.get(arrival)?.verdict.fault ?? null;
}

/** Null where it was judged by something else. */
export function verdictFor(arrival: Arrival, ahead: JudgedAhead, facts: InboundFacts): InboundVerdict | null {
  const judged = ahead.get(arrival);
  return judged && judged.by === printed(facts) ? judged.verdict.result : null;
}

function printed({ ownAddresses, sent, contacts }: InboundFacts) {
  return JSON.stringify([[...ownAddresses].sort(), sent, contacts]);
}
