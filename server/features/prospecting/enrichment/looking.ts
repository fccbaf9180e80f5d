// Finds the people meant by questions: in the people database first, then with the providers in the team's order until
// one has a usable answer. Answers are kept in the people database, with a note of the lookup, so that the team does
// not pay twice.

import { setTimeout as sleep } from "node:timers/promises";
import type { App, Caller } from "../../../app.ts";
import { PRICES, type PricedAction } from "../../../domain/identity/credit-prices.ts";
import type { OrganizationQuestion, PersonQuestion } from "../../../domain/prospecting/enrichment.ts";
import { linkContactsTo } from "../../contacts/known-contacts/store.ts";
import { byCaller } from "../../events/events/store.ts";
import { reserveCredits } from "../../identity/credits/commands.ts";
import type { ProviderQuestion } from "../providers/asking.ts";
import * as providers from "../providers/store.ts";
import { type Answered, askAll, type ProviderPlan } from "./asking-in-turn.ts";
import { areAllHeld } from "./claims-store.ts";
import { type EnrichmentResult, type InTeam, keep } from "./keeping.ts";
import { HELD_FOR, type Lease, take } from "./lease.ts";
import { tellLost } from "./losing.ts";
import { planLookups } from "./provider-plans.ts";
import { digestOf, hex } from "./question-digest.ts";

const FIRST_LOOK_MS = 50;
const LAST_LOOK_MS = 400;

export type { EnrichmentResult } from "./keeping.ts";

export type LookingFor = {
  wantsPhone?: boolean;
  asksAll?: boolean;
  asksNobody?: boolean;
  /** Each source is paid its own price; under which word. */
  action?: PricedAction;
};

/** A provider that failed for another lookup while this one waited is not asked the same again at once. */
export type Looking = LookingFor & { waitedSince: Temporal.Instant | null };

type Who = { app: App; caller: Caller };

export async function lookForPeople(who: Who, people: readonly PersonQuestion[], how: LookingFor = {}) {
  const questions = people.map(
    (person): ProviderQuestion => ({
      about: "person",
      person,
      wantsPhone: how.wantsPhone ?? false,
    }),
  );
  return look(who, questions, how);
}

export async function lookForOrganizations(
  who: Who,
  organizations: readonly OrganizationQuestion[],
  how: LookingFor = {},
) {
  return look(
    who,
    organizations.map((organization): ProviderQuestion => ({ about: "organization", organization })),
    how,
  );
}

/** A person who is named twice is asked for once, and paid for once. */
async function look(
  who: Who,
  questions: readonly ProviderQuestion[],
  how: LookingFor,
): Promise<EnrichmentResult[]> {
  const keys = questions.map((question) => digestOf(question).toString("hex"));
  const firsts = keys.map((key, n) => keys.indexOf(key) === n);
  const found = await lookOnce(
    who,
    questions.filter((_, n) => firsts[n]),
    how,
  );
  const byKey = new Map(keys.filter((_, n) => firsts[n]).map((key, n) => [key, found[n]]));
  return keys.map((key, n) => {
    const { id, paid, isLost = false } = byKey.get(key) ?? { id: null, paid: null };
    return { id, paid: paid === null || firsts[n] ? paid : 0, isLost };
  });
}

/**
 * Where another process is asking about a person, this waits: after that the database has the answer, or there is none.
 */
async function lookOnce(
  who: Who,
  questions: readonly ProviderQuestion[],
  how: LookingFor,
): Promise<EnrichmentResult[]> {
  const found = new Map<ProviderQuestion, EnrichmentResult>();
  let open = [...questions];
  let waitedSince: Temporal.Instant | null = null;
  const began = who.app.now();
  while (open.length > 0) {
    const round = await lookAtFree(who, open, { ...how, waitedSince });
    for (const [question, one] of round) found.set(question, one);
    open = open.filter((question) => !found.has(question));
    if (open.length > 0) await waitForOthers(who, open);
    waitedSince = began;
  }
  return questions.map((question) => found.get(question) as EnrichmentResult);
}

/** Answers those that nobody else asks about; the others it leaves out. */
async function lookAtFree(
  { app, caller }: Who,
  questions: readonly ProviderQuestion[],
  how: Looking,
): Promise<Map<ProviderQuestion, EnrichmentResult>> {
  const { teamId } = caller;
  const { plans, mine, lease } = await app.db.inTeam(teamId, async (db) => {
    const at = { app, caller, db };
    const plans = await planLookups(at, questions, how);
    const asking = plans.filter(({ asks }) => asks.length > 0);
    if (asking.length === 0) return { plans, mine: [], lease: null };
    const lease = await take(
      app,
      db,
      teamId,
      asking.map(({ digest }) => digest),
    );
    const origin = { requestId: null, address: null, cause: "lookup" };
    await tellLost(byCaller({ db, caller, now: app.now(), origin }), lease.lost);
    const free = asking.filter(({ digest }) => lease.requests.has(hex(digest)));
    if (free.length === 0)
      return { plans: plans.filter(({ asks }) => asks.length === 0), mine: [], lease: null };
    // Between the look and the claim another lookup may have got the answer: what is known now counts.
    const again = await planLookups(
      at,
      free.map(({ question }) => question),
      how,
    );
    return { plans: plans.filter(({ asks }) => asks.length === 0), mine: again, lease };
  });
  const found = new Map<ProviderQuestion, EnrichmentResult>(
    plans.map(({ question, id, isLost }) => [question, { id, paid: null, isLost }]),
  );
  if (lease === null) return found;
  lease.begin();
  try {
    for (const [question, one] of await ask({ app, caller }, mine, how, lease)) found.set(question, one);
    return found;
  } finally {
    await lease.end();
  }
}

async function waitForOthers({ app, caller }: Who, questions: readonly ProviderQuestion[]) {
  const digests = questions.map(digestOf);
  let pauseMs = FIRST_LOOK_MS;
  do {
    await sleep(pauseMs);
    pauseMs = Math.min(2 * pauseMs, LAST_LOOK_MS);
  } while (await app.db.inTeam(caller.teamId, (db) => areAllHeld(db, caller.teamId, digests)));
}

/** Answers the questions that this lease held to the end, or that no process holds; leaves out the others. */
async function ask(
  { app, caller }: Who,
  plans: readonly ProviderPlan[],
  how: LookingFor,
  lease: Lease,
): Promise<Map<ProviderQuestion, EnrichmentResult>> {
  const { teamId } = caller;
  const most = plans.reduce((sum, { asks }) => sum + asks.reduce((all, { price }) => all + price, 0), 0);
  const isAsking = plans.some(({ asks }) => asks.length > 0);
  if (!isAsking)
    return new Map(plans.map(({ question, id, isLost }) => [question, { id, paid: null, isLost }]));
  const began = app.now();
  const held = await app.db.inTeam(teamId, async (db) => {
    const now = app.now();
    if (most === 0) return null;
    const usual = plans[0]?.question.about === "organization" ? "organization_enrich" : "person_match";
    const action = how.action ?? usual;
    const { kind } = PRICES[action];
    const each = Math.max(...plans.map(({ asks }) => asks.reduce((all, { price }) => all + price, 0)));
    const wish = { kind, action, amount: most, each, subjectId: null, heldUntil: now.add(HELD_FOR) } as const;
    return reserveCredits({ db, now, caller }, wish);
  });
  if (held !== null) lease.holdsCredits(held);
  const answered = await askAll(app, teamId, plans, how.asksAll ?? false, lease);
  const found = await app.db.inTeam(teamId, async (db) => {
    const mine = await stillOurs(db, teamId, answered, lease, began);
    const kept = await keep({ app, caller, db }, mine, held);
    await lease.letGo(db); // waiting lookups see both, or neither
    return new Map(mine.map(({ question }, n) => [question, kept[n] as EnrichmentResult]));
  });
  const people = [...found].flatMap(([{ about }, { id }]) => (about === "person" && id !== null ? [id] : []));
  if (people.length > 0) await app.db.inTeam(teamId, (db) => linkContactsTo(db, teamId, people));
  return found;
}

/**
 * A suspended process may have lost its question to another. Where that one is still asking, or got an answer, its
 * answer counts and is paid. Where it found nothing, our answer is kept.
 */
async function stillOurs(
  db: InTeam["db"],
  teamId: string,
  answered: readonly Answered[],
  lease: Lease,
  began: Temporal.Instant,
) {
  const kept = await lease.keeps(db);
  const lost = answered.filter(({ digest }) => !kept.has(hex(digest))).map(({ digest }) => digest);
  if (lost.length === 0) return [...answered];
  const regained = await lease.regain(db, lost);
  const asked = await providers.listAsked(db, teamId, lost, began);
  const told = new Set(asked.flatMap((one) => (one.answered ? [hex(one.question)] : [])));
  return answered.filter(({ digest }) => {
    const key = hex(digest);
    return kept.has(key) || (regained.has(key) && !told.has(key));
  });
}
