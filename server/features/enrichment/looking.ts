// Who is meant, and what is known of them: the store first, then the providers in the team's order until one has an answer that
// will do. What they say is kept in the store; that they were asked is kept beside it, so that nobody pays twice.

import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { App, Caller } from "../../app.ts";
import { PRICES, type PricedAction } from "../../domain/credit-prices.ts";
import {
  fullName,
  isStale,
  keyOfOrganization,
  keyOfPerson,
  type OrganizationQuestion,
  type PersonQuestion,
} from "../../domain/enrichment.ts";
import { reserveCredits } from "../credits/commands.ts";
import { byCaller } from "../events/store.ts";
import { findOrganizationsBy, readOrganizations } from "../organizations/store.ts";
import { linkContactsTo } from "../people/known-contacts-store.ts";
import { findPeopleBy, readPeople } from "../people/store.ts";
import { canAnswer, type Question } from "../providers/asking.ts";
import * as providers from "../providers/store.ts";
import { type Answered, askAll, type Plan } from "./asking-in-turn.ts";
import { areAllHeld } from "./claims-store.ts";
import { type Found, type InTeam, keep } from "./keeping.ts";
import { HELD_FOR, type Lease, take } from "./lease.ts";
import { tellLost } from "./losing.ts";

/** Within it nobody is asked, or paid for, again. */
export const ANSWERS_HOLD = { hours: 30 * 24 };
const FIRST_LOOK_MS = 50;
const LAST_LOOK_MS = 400;

export type { Found } from "./keeping.ts";

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
    const { id, paid, isLost = false } = byKey.get(key) ?? { id: null, paid: null };
    return { id, paid: paid === null || firsts[n] ? paid : 0, isLost };
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
  const { plans, mine, lease } = await app.db.inTeam(teamId, async (db) => {
    const at = { app, caller, db };
    const plans = await plan(at, questions, how);
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
    // Between the look and the claim somebody may have been answered: what holds is what is known now.
    const again = await plan(
      at,
      free.map(({ question }) => question),
      how,
    );
    return { plans: plans.filter(({ asks }) => asks.length === 0), mine: again, lease };
  });
  const found = new Map<Question, Found>(
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

async function waitForOthers({ app, caller }: Who, questions: readonly Question[]) {
  const digests = questions.map(digestOf);
  let pauseMs = FIRST_LOOK_MS;
  do {
    await sleep(pauseMs);
    pauseMs = Math.min(2 * pauseMs, LAST_LOOK_MS);
  } while (await app.db.inTeam(caller.teamId, (db) => areAllHeld(db, caller.teamId, digests)));
}

/** Answers those that were this lease's to the end, or nobody's; the others it leaves out. */
async function ask(
  { app, caller }: Who,
  plans: readonly Plan[],
  how: LookingFor,
  lease: Lease,
): Promise<Map<Question, Found>> {
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
    await lease.letGo(db); // whoever waits sees both, or neither
    return new Map(mine.map(({ question }, n) => [question, kept[n] as Found]));
  });
  const people = [...found].flatMap(([{ about }, { id }]) => (about === "person" && id !== null ? [id] : []));
  if (people.length > 0) await app.db.inTeam(teamId, (db) => linkContactsTo(db, teamId, people));
  return found;
}

/**
 * Whoever stood still may have lost what was asked to somebody who went on with it. Where they are at it, or have been
 * answered, what they are told is what counts, and is paid; where they came to nothing, ours is not thrown away.
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

function hex(digest: Buffer) {
  return digest.toString("hex");
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
