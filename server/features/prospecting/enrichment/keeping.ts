// What providers said is written down: who they are in the store, that they were asked, what it cost, and how they fare.

import type { App, Caller } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { total } from "../../../domain/identity/credit-movements.ts";
import type { ProviderAnswer } from "../../../domain/prospecting/provider-answers.ts";
import { saveOrganizations } from "../../contacts/organizations/commands.ts";
import { settleCredits } from "../../identity/credits/commands.ts";
import { writePeople } from "../people/commands.ts";
import { providerHealthAfter } from "../providers/asking.ts";
import * as providers from "../providers/store.ts";
import type { Answered, ProviderPlan } from "./asking-in-turn.ts";

/** `paid`: by credits that were settled while it was looked for; null where the store alone knew. */
export type EnrichmentResult = { id: string | null; paid: number | null; isLost?: boolean };

export type InTeam = { app: App; caller: Caller; db: Db };

/** What was said is written down, and what it cost settled, together. */
export async function keep(
  { app, caller, db }: InTeam,
  answered: readonly Answered[],
  held: string | null,
): Promise<EnrichmentResult[]> {
  const now = app.now();
  const act = { db, now, caller };
  const found: EnrichmentResult[] = [];
  const calls: providers.ProviderCall[] = [];
  for (const one of answered) {
    let { id } = one;
    let paid: number | null = null;
    for (const { provider, answer } of one.said) {
      const isHit = answer.outcome === "hit";
      const recordId = isHit ? await learn(act, one, provider, answer) : null;
      id = recordId ?? id;
      const price = isHit ? provider.price : 0;
      if (isHit) paid = (paid ?? 0) + price;
      const error = answer.outcome === "failed" ? answer.error : null;
      const { outcome, tookMs } = answer;
      calls.push({ providerId: provider.id, question: one.digest, outcome, error, recordId, price, tookMs });
    }
    found.push({ id, paid, isLost: one.isLost });
  }
  await providers.insertCalls(db, caller.teamId, calls, now);
  await noteHealth(act, answered);
  if (held !== null) {
    const spent = found.flatMap(({ id, paid }) => (paid ? [{ subjectId: id, amount: paid }] : []));
    await settleCredits(act, held, total(spent) === 0 ? 0 : spent, "was_paid");
  }
  return found;
}

type Acting = Pick<InTeam, "db" | "caller"> & { now: Temporal.Instant };

async function learn(
  act: Acting,
  { id }: ProviderPlan,
  provider: providers.WithKey,
  { person, organization }: Extract<ProviderAnswer, { outcome: "hit" }>,
) {
  const [saved] = person
    ? await writePeople(act, provider.name, [{ ...person, ...(id && { id }) }])
    : await saveOrganizations(
        act,
        provider.name,
        organization ? [{ ...organization, ...(id && { id }) }] : [],
      );
  return saved?.id ?? null;
}

async function noteHealth({ db, caller, now }: Acting, answered: readonly Answered[]) {
  const said = Map.groupBy(
    answered.flatMap((one) => one.said),
    ({ provider }) => provider.id,
  );
  for (const [id, all] of said) {
    const before = all[0]?.provider.failures ?? 0;
    const health = providerHealthAfter(
      before,
      all.map(({ answer }) => answer),
      now,
    );
    if (health.failures !== before || health.pausedUntil !== null)
      await providers.noteProviderHealth(db, caller.teamId, id, health);
  }
}
