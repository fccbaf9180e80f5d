// Which providers are asked each question: none where the people database knows enough, or a provider was asked lately.

import { fullName, isStale } from "../../../domain/prospecting/enrichment.ts";
import { findOrganizationsBy, readOrganizations } from "../../contacts/organizations/store.ts";
import { findPeopleBy, readPeople } from "../people/store.ts";
import { canAnswer, type ProviderQuestion } from "../providers/asking.ts";
import * as providers from "../providers/store.ts";
import type { ProviderPlan } from "./asking-in-turn.ts";
import type { InTeam } from "./keeping.ts";
import type { Looking } from "./looking.ts";
import { digestOf } from "./question-digest.ts";

/** Within this time no provider is asked, or paid, again. */
export const ANSWERS_HOLD = { hours: 30 * 24 };

export async function planLookups(
  { app, caller, db }: InTeam,
  questions: readonly ProviderQuestion[],
  how: Looking,
): Promise<ProviderPlan[]> {
  const { teamId } = caller;
  const now = app.now();
  const known = await inStore({ app, caller, db }, questions, now);
  const plans = questions.map(
    (question, n) =>
      ({ question, digest: digestOf(question), ...known[n] }) as ProviderPlan & { isEnough: boolean },
  );
  const unsure = plans.filter(({ isEnough }) => !isEnough || how.asksAll);
  const all = how.asksNobody || unsure.length === 0 ? [] : await providers.listWithKeys(db, teamId);
  const usable = all.filter(
    ({ isEnabled, pausedUntil }) =>
      isEnabled && (pausedUntil === null || Temporal.Instant.compare(pausedUntil, now) <= 0),
  );
  const asked = await providers.listAsked(
    db,
    teamId,
    unsure.map(({ digest }) => digest),
    now.subtract(ANSWERS_HOLD),
  );
  return plans.map(({ isEnough, ...one }) => {
    if (isEnough && !how.asksAll) return { ...one, asks: [], isLost: false };
    const before = new Map(
      asked.filter(({ question }) => question.equals(one.digest)).map((row) => [row.providerId, row]),
    );
    const isLost = all.some(({ id }) => before.get(id)?.lost);
    const asks = usable.filter((provider) => {
      const { answered = false, lost = false, spent = 0, failedAt = null } = before.get(provider.id) ?? {};
      if (lost) return false;
      if (how.waitedSince && failedAt && Temporal.Instant.compare(failedAt, how.waitedSince) >= 0)
        return false;
      const isWithin = provider.ceiling === null || spent + provider.price <= provider.ceiling;
      return !answered && isWithin && canAnswer(provider, one.question);
    });
    return { ...one, asks, isLost };
  });
}

/** Whom the store knows, and whether that will do: fresh, and with what is asked for. */
async function inStore(
  { caller, db }: InTeam,
  questions: readonly ProviderQuestion[],
  now: Temporal.Instant,
) {
  const { teamId } = caller;
  const [first] = questions;
  if (first?.about === "organization") {
    const wishes = questions.flatMap((one) => (one.about === "organization" ? one.organization : []));
    const ids = await findOrganizationsBy(db, teamId, wishes);
    const rows = new Map((await readOrganizations(db, teamId, present(ids))).map((row) => [row.id, row]));
    return ids.map((id) => {
      const row = id === null ? undefined : rows.get(id);
      return { id, isEnough: row !== undefined && !isStale(row.lastRefreshedAt, now) };
    });
  }
  const wishes = questions.flatMap((one) => (one.about === "person" ? one : []));
  const companies = await findOrganizationsBy(
    db,
    teamId,
    wishes.map(({ person: { domain } }) => (domain ? { domain } : {})),
  );
  const ids = await findPeopleBy(
    db,
    teamId,
    wishes.map(({ person }, n) => ({
      ...person,
      name: fullName(person),
      organizationId: companies[n] ?? null,
    })),
  );
  const rows = new Map((await readPeople(db, teamId, present(ids))).map((row) => [row.id, row]));
  return ids.map((id, n) => {
    const row = id === null ? undefined : rows.get(id);
    const hasAll = row?.email && (!wishes[n]?.wantsPhone || (row.phones?.length ?? 0) > 0);
    return { id, isEnough: row !== undefined && Boolean(hasAll) && !isStale(row.lastRefreshedAt, now) };
  });
}

function present(ids: readonly (string | null)[]) {
  return [...new Set(ids.flatMap((id) => id ?? []))];
}
