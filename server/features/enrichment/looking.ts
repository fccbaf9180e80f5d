// Who is meant, and what is known of them: the store first, then the providers in the team's order until one has an answer that
// will do. What they say is kept in the store; that they were asked is kept beside it, so that nobody pays twice.

import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { App, Caller } from "../../app.ts";
import { total } from "../../domain/credit-movements.ts";
import { PRICES, type PricedAction } from "../../domain/credit-prices.ts";
import {
  fullName,
  isStale,
  keyOfOrganization,
  keyOfPerson,
  type OrganizationQuestion,
  type PersonQuestion,
} from "../../domain/enrichment.ts";
import type { ProviderAnswer } from "../../domain/provider-answers.ts";
import { newId } from "../../ids.ts";
import { reserveCredits, settleCredits } from "../credits/commands.ts";
import { saveOrganizations } from "../organizations/commands.ts";
import { findOrganizationsBy, readOrganizations } from "../organizations/store.ts";
import { savePeople } from "../people/commands.ts";
import { findPeopleBy, readPeople } from "../people/store.ts";
import { askProvider, canAnswer, healthAfter, type Question } from "../providers/asking.ts";
import * as providers from "../providers/store.ts";
import * as claims from "./claims-store.ts";

/** Within it nobody is asked, or paid for, again. */
export const ANSWERS_HOLD = { hours: 30 * 24 };
const HELD_FOR = { minutes: 10 };
const AT_ONCE = 10;
const RENEWED_EVERY_MS = 4_000;
const FIRST_LOOK_MS = 50;
const LAST_LOOK_MS = 400;

/** `paid`: by credits that were settled while it was looked for; null where the store alone knew. */
export type Found = { id: string | null; paid: number | null };

export type LookingFor = {
  wantsPhone?: boolean;
  asksAll?: boolean;
  asksNobody?: boolean;
  /** Each source is paid its own price; under which word. */
  action?: PricedAction;
};

/** A provider that failed while one waited for somebody who asked it is not asked the same at once again. */
type Looking = LookingFor & { waitedSince: Temporal.Instant | null };

type Who = { app: App; caller: Caller };

export async function lookForPeople(who: Who, people: readonly PersonQuestion[], how: LookingFor = {}) {
  const questions = people.map(
    (person): Question => ({
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
    organizations.map((organization): Question => ({ about: "organization", organization })),
    how,
  );
}

type Plan = { question: Question; digest: Buffer; id: string | null; asks: providers.WithKey[] };

/** Whoever is named twice is asked for once, and paid for once. */
async function look(who: Who, questions: readonly Question[], how: LookingFor): Promise<Found[]> {
  const keys = questions.map((question) => digestOf(question).toString("hex"));
  const firsts = keys.map((key, n) => keys.indexOf(key) === n);
  const found = await lookOnce(
    who,
    questions.filter((_, n) => firsts[n]),
    how,
  );
  const byKey = new Map(keys.filter((_, n) => firsts[n]).map((key, n) => [key, found[n]]));
  return keys.map((key, n) => {
    const { id, paid } = byKey.get(key) ?? { id: null, paid: null };
    return { id, paid: paid === null || firsts[n] ? paid : 0 };
  });
}

/** Whoever somebody else asks about just now is waited for: then the store knows, or nobody does. */
async function lookOnce(who: Who, questions: readonly Question[], how: LookingFor): Promise<Found[]> {
  const found = new Map<Question, Found>();
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
  return questions.map((question) => found.get(question) as Found);
}

/** Answers those that nobody else asks about; the others it leaves out. */
async function lookAtFree(
  { app, caller }: Who,
  questions: readonly Question[],
  how: Looking,
): Promise<Map<Question, Found>> {
  const { teamId } = caller;
  const holder = newId();
  const { plans, mine } = await app.db.inTeam(teamId, async (db) => {
    const at = { app, caller, db };
    const plans = await plan(at, questions, how);
    const asking = plans.filter(({ asks }) => asks.length > 0);
    if (asking.length === 0) return { plans, mine: [] };
    const held = await claims.claim(
      db,
      teamId,
      holder,
      asking.map(({ digest }) => digest),
    );
    const free = asking.filter(({ digest }) => held.some((one) => one.equals(digest)));
    if (free.length === 0) return { plans: plans.filter(({ asks }) => asks.length === 0), mine: [] };
    // Between the look and the claim somebody may have been answered: what holds is what is known now.
    const again = await plan(
      at,
      free.map(({ question }) => question),
      how,
    );
    return { plans: plans.filter(({ asks }) => asks.length === 0), mine: again };
  });
  const found = new Map(plans.map(({ question, id }) => [question, { id, paid: null } as Found]));
  if (mine.length === 0) return found;
  const renewing = setInterval(() => {
    app.db.inTeam(teamId, (db) => claims.renew(db, teamId, holder)).catch(() => {}); // the next one, then
  }, RENEWED_EVERY_MS);
  try {
    const answers = await ask({ app, caller }, mine, how, holder);
    for (const [n, { question }] of mine.entries()) found.set(question, answers[n] as Found);
    return found;
  } finally {
    clearInterval(renewing);
    await app.db.inTeam(teamId, (db) => claims.letGo(db, teamId, holder));
  }
}

async function waitForOthers({ app, caller }: Who, questions: readonly Question[]) {
  const digests = questions.map(digestOf);
  let pauseMs = FIRST_LOOK_MS;
  do {
    await sleep(pauseMs);
    pauseMs = Math.min(2 * pauseMs, LAST_LOOK_MS);
  } while (await app.db.inTeam(caller.teamId, (db) => claims.areAllHeld(db, caller.teamId, digests)));
}

async function ask(
  { app, caller }: Who,
  plans: readonly Plan[],
  how: LookingFor,
  holder: string,
): Promise<Found[]> {
  const { teamId } = caller;
  const most = plans.reduce((sum, { asks }) => sum + asks.reduce((all, { price }) => all + price, 0), 0);
  const isAsking = plans.some(({ asks }) => asks.length > 0);
  if (!isAsking) return plans.map(({ id }) => ({ id, paid: null }));
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
  const answered = await askAll(app, teamId, plans, how);
  return app.db.inTeam(teamId, async (db) => {
    const found = await keep({ app, caller, db }, answered, held);
    await claims.letGo(db, teamId, holder); // whoever waits sees both, or neither
    return found;
  });
}

type InTeam = Who & { db: Parameters<Parameters<App["db"]["inTeam"]>[1]>[0] };

async function plan(
  { app, caller, db }: InTeam,
  questions: readonly Question[],
  how: Looking,
): Promise<Plan[]> {
  const { teamId } = caller;
  const now = app.now();
  const known = await inStore({ app, caller, db }, questions, now);
  const plans = questions.map(
    (question, n) => ({ question, digest: digestOf(question), ...known[n] }) as Plan & { isEnough: boolean },
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
    if (isEnough && !how.asksAll) return { ...one, asks: [] };
    const before = new Map(
      asked.filter(({ question }) => question.equals(one.digest)).map((row) => [row.providerId, row]),
    );
    const asks = usable.filter((provider) => {
      const { answered = false, spent = 0, failedAt = null } = before.get(provider.id) ?? {};
      if (how.waitedSince && failedAt && Temporal.Instant.compare(failedAt, how.waitedSince) >= 0)
        return false;
      const isWithin = provider.ceiling === null || spent + provider.price <= provider.ceiling;
      return !answered && isWithin && canAnswer(provider, one.question);
    });
    return { ...one, asks };
  });
}

/** Whom the store knows, and whether that will do: fresh, and with what is asked for. */
async function inStore({ caller, db }: InTeam, questions: readonly Question[], now: Temporal.Instant) {
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

function digestOf(question: Question) {
  const key =
    question.about === "person"
      ? `${keyOfPerson(question.person)}${question.wantsPhone ? " with phone" : ""}`
      : keyOfOrganization(question.organization);
  return createHash("sha256").update(key).digest();
}

type Said = { provider: providers.WithKey; answer: ProviderAnswer };
type Answered = Plan & { said: Said[] };

async function askAll(
  app: App,
  teamId: string,
  plans: readonly Plan[],
  how: LookingFor,
): Promise<Answered[]> {
  const answered = plans.map((one): Answered => ({ ...one, said: [] }));
  const waiting = answered.filter(({ asks }) => asks.length > 0);
  const resting = new Set<string>(); // whoever asked for peace a moment ago
  const lane = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift())
      for (const provider of one.asks) {
        if (resting.has(provider.id)) continue;
        const answer = await askProvider(app, teamId, provider, one.question);
        one.said.push({ provider, answer });
        if (answer.outcome === "failed" && answer.retryAfterMs !== null) resting.add(provider.id);
        if (answer.outcome === "hit" && (!how.asksAll || isWhole(one.question, answer))) break;
      }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, lane));
  return answered;
}

/** Whether nobody else need be asked. */
function isWhole(question: Question, { person }: Extract<ProviderAnswer, { outcome: "hit" }>) {
  if (question.about === "organization") return true;
  return Boolean(person?.email) && (!question.wantsPhone || (person?.phones?.length ?? 0) > 0);
}

/** What was said is written down, and what it cost settled, together. */
async function keep(
  { app, caller, db }: InTeam,
  answered: readonly Answered[],
  held: string | null,
): Promise<Found[]> {
  const now = app.now();
  const act = { db, now, caller };
  const found: Found[] = [];
  const calls: providers.Call[] = [];
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
    found.push({ id, paid });
  }
  await providers.insertCalls(db, caller.teamId, calls, now);
  await noteHealth(act, answered);
  if (held !== null) {
    const spent = found.flatMap(({ id, paid }) => (paid ? [{ subjectId: id, amount: paid }] : []));
    await settleCredits(act, held, total(spent) === 0 ? 0 : spent);
  }
  return found;
}

type Acting = Pick<InTeam, "db" | "caller"> & { now: Temporal.Instant };

async function learn(
  act: Acting,
  { id }: Plan,
  provider: providers.WithKey,
  { person, organization }: Extract<ProviderAnswer, { outcome: "hit" }>,
) {
  const [saved] = person
    ? await savePeople(act, provider.name, [{ ...person, ...(id && { id }) }])
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
    const health = healthAfter(
      before,
      all.map(({ answer }) => answer),
      now,
    );
    if (health.failures !== before || health.pausedUntil !== null)
      await providers.noteHealth(db, caller.teamId, id, health);
  }
}
