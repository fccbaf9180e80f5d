// What was spent and given back, summed and movement by movement.

import type { Act } from "../../../app.ts";
import { creditCycle } from "../../../domain/identity/credits.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { findUser } from "../users/store.ts";
import { listCreditUsage, listSubjects, searchMovements } from "./ledger-store.ts";

const LONGEST_DAYS = 366;

type Span = { since: string | undefined; until: string | undefined };

type Asking = Pick<Act, "db" | "now" | "caller">;

/** In a span of whole days in UTC, both ends included; in this cycle where nothing is said. */
export async function readUsage(
  { db, now, caller }: Asking,
  { userId, ...span }: Span & { userId: string | null },
) {
  if (userId !== null && !(await findUser(db, caller.teamId, userId))) throw new Refusal("record_not_found");
  return listCreditUsage(db, caller.teamId, { ...readSpan(span, now), userId });
}

export async function readMovements(
  { db, caller }: Asking,
  { contactId, ...page }: { contactId: string | null; limit: number; offset: number },
) {
  if (contactId === null) return searchMovements(db, caller.teamId, { ...page, subjectIds: null });
  const subjectIds = await listSubjects(db, caller.teamId, contactId);
  if (subjectIds.length === 0) throw new Refusal("record_not_found");
  return searchMovements(db, caller.teamId, { ...page, subjectIds });
}

function readSpan({ since, until }: Span, now: Temporal.Instant) {
  const cycle = creditCycle(now);
  const from = since === undefined ? cycle.startsAt : midnight(since);
  const to = until === undefined ? cycle.endsAt : midnight(until).add({ hours: 24 });
  const days = to.since(from).total("hours") / 24;
  if (days <= 0 || days > LONGEST_DAYS) throw new Refusal("usage_span", { days: LONGEST_DAYS });
  return { since: from, until: to };
}

function midnight(day: string) {
  return Temporal.PlainDate.from(day).toZonedDateTime("UTC").toInstant();
}
