// What the name servers said is written down, and what is otherwise than it last was is told.

import { followStandings } from "../../../domain/contacts/domain-standings.ts";
import { type By, record } from "../../events/events/store.ts";
import type { CheckedDomain } from "./checking.ts";
import { noteFindings } from "./findings.ts";
import * as store from "./store.ts";

/** Answers that come late say nothing against those to a later question, nor of a key that was set meanwhile. */
export async function noteFacts(by: By, checked: readonly CheckedDomain[]) {
  const { db, teamId } = by;
  const known = await store.lockDomains(
    db,
    teamId,
    checked.map(({ domain }) => domain),
  );
  const kept = new Map(known.map((row) => [row.domain, row]));
  const followed = checked.flatMap((one) => {
    const before = kept.get(one.domain);
    if (before && isLate(before, one)) return [];
    const { selector, publicKey, standings = {} } = before ?? {};
    const key = selector && publicKey ? { selector, publicKey } : null;
    return [{ ...one, ...followStandings(standings, one.facts, { key, types: one.types }) }];
  });
  await store.writeFacts(db, teamId, followed);
  await noteFindings(db, teamId, followed);
  const told = followed.flatMap(({ domain, changes }) => changes.map((change) => ({ domain, ...change })));
  if (told.length > 0)
    await record(
      by,
      ...told.map((data) => ({
        type: "sending_domain.changed" as const,
        subject: { type: "team" as const, id: teamId },
        data,
      })),
    );
}

function isLate({ checkedAt, keySetAt }: store.KnownDomain, { askedAt }: CheckedDomain) {
  return [checkedAt, keySetAt].some((at) => at !== null && Temporal.Instant.compare(at, askedAt) > 0);
}
