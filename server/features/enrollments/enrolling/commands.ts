// Adds contacts to a sequence. Each contact who is skipped gets every reason. One contact's refusal never affects
// another.

import type { Act } from "../../../app.ts";
import { type AllowFlag, judgeCandidates, tally } from "../../../domain/enrollments/eligibility.ts";
import { type Capacity, capacitiesAfter } from "../../../domain/sequences/rotation.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { startProgress } from "../../events/progress/commands.ts";
import { carryInstructions, type ItemOutcome } from "../../events/progress/store.ts";
import { countGrownTables } from "../../gate/engines/store.ts";
import { isMasterKey } from "../../identity/ownership/ownership.ts";
import { usableMailboxes } from "../../mailboxes/mailboxes/usable.ts";
import { getVisible } from "../../sequences/sequences/finding.ts";
import { claimPromise } from "../promises/store.ts";
import { formLine } from "./candidate-facts.ts";
import { capacitiesOf, join } from "./join.ts";
import { type ContactSelection, everybodyIn } from "./resolve-contacts.ts";
import type { Joined } from "./store.ts";
import { type JoinTerms, readTerms, type TermsWish } from "./terms.ts";

export type JoinWish = TermsWish &
  ContactSelection & {
    isPutOff: boolean;
    /** False where no user will read warnings about mails that cannot be sent. */
    warns?: boolean;
    /** As the wire shows the work, where it is put off, and where it says the verdicts are. */
    shownAs: Record<string, unknown>;
    resultPath(requestId: string): string;
  };

/** Where the product itself adds contacts that it names: at once, and no page shows the work. */
export const NAMED_AND_AT_ONCE = {
  labelNames: [],
  filter: null,
  isPutOff: false,
  shownAs: {},
  resultPath: () => "",
} satisfies Partial<JoinWish>;

/** As many are dealt with while the caller waits. */
export const AT_ONCE = 1000;
/** Apollo's, and so printed. */
const BATCH = 999;

export async function addContacts(act: Act, wish: JoinWish & { promiseId?: string | null }) {
  const terms = await readTerms(act, wish);
  const ids = await everybodyIn(act, wish);
  const requestId = newId();
  await takePromise(act, wish, requestId);
  if (!wish.isPutOff && ids.length <= AT_ONCE) {
    const hearing = { requestId, ownWork: null, capacities: null, warns: wish.warns ?? true };
    const joined = await join(act, ids, terms, hearing);
    return { joined, progress: null, rehearsed: null };
  }
  const progress = await putOff(act, wish, ids, requestId);
  const rehearsed = act.isDryRun
    ? await rehearse(act, ids, { terms, requestId, most: REHEARSED, warns: true })
    : null;
  return { joined: null, progress, rehearsed };
}

/** What was promised of adding them is kept with the request that does it. */
export async function takePromise(
  { db, caller }: Act,
  { promiseId: id = null, sequenceId }: { promiseId?: string | null; sequenceId: string },
  requestId: string,
) {
  if (id === null) return;
  const claimed = { id, sequenceId, userId: caller.userId, requestId };
  if (!(await claimPromise(db, caller.teamId, claimed))) throw new Refusal("promise_not_found", { id });
}

function putOff(act: Act, wish: JoinWish, ids: readonly string[], requestId: string) {
  const {
    contactIds: _,
    labelNames: __,
    filter: ___,
    isPutOff: ____,
    shownAs,
    resultPath,
    ...instructions
  } = wish;
  return startProgress(act, {
    id: requestId,
    jobType: "sequence_add_contact",
    entityIds: ids,
    params: shownAs,
    instructions: { ...instructions, ...keptTerms(act, wish), requestId },
    batchSize: BATCH,
    resultPath: resultPath(requestId),
  });
}

/** As many are looked at for a promise. */
const PROMISED = 20 * BATCH;

/** For an act that is taken back: everybody joins who would, as the request itself would have it. */
export async function addForPromise(act: Act, wish: JoinWish) {
  const terms = await readTerms(act, { ...wish, skipsVerification: true });
  const ids = await everybodyIn(act, wish);
  const requestId = newId();
  const isAtOnce = !wish.isPutOff && ids.length <= AT_ONCE;
  if (!isAtOnce) await putOff(act, wish, ids, requestId);
  const { batches, isWhole } = isAtOnce
    ? {
        batches: [await join(act, ids, terms, { requestId, ownWork: null, capacities: null, warns: false })],
        isWhole: true,
      }
    : await rehearse(act, ids, { terms, requestId, most: PROMISED, warns: false });
  const enrollmentIds = batches.flatMap(({ enrollments }) => enrollments.map(({ id }) => id));
  return { enrollmentIds, stepId: terms.firstStep?.id ?? null, isWhole };
}

/** So many contacts are tried out: the sequence is held meanwhile, and others wait for it. */
const REHEARSED = 5 * BATCH;

/** No job runs for a rehearsal, so the caller gets the forecast at once. */
async function rehearse(
  act: Act,
  ids: readonly string[],
  { terms, requestId, most, warns }: { terms: JoinTerms; requestId: string; most: number; warns: boolean },
) {
  const rehearsed: Joined[] = [];
  let capacities = await capacitiesOf(act, terms);
  for (let start = 0; start < Math.min(ids.length, most); start += BATCH) {
    const batch = ids.slice(start, Math.min(start + BATCH, most));
    const joined = await join(act, batch, terms, { requestId, ownWork: requestId, capacities, warns });
    capacities = capacitiesAfter(capacities, joined.shares);
    rehearsed.push(joined);
    await countGrownTables(act.db);
  }
  return { batches: rehearsed, isWhole: ids.length <= most };
}

/** The terms as JSON. The work is done without the key that asked for it, so what that key was is kept too. */
export function keptTerms({ caller }: Act, { waived }: TermsWish) {
  return { waived: [...waived], byMasterKey: isMasterKey(caller) };
}

/** What the engine calls for one batch of a request that was put off. */
export async function workOnJoining(
  act: Act,
  instructions: Record<string, unknown>,
  contactIds: readonly string[],
): Promise<ItemOutcome[]> {
  const kept = instructions as TermsWish & {
    requestId: string;
    waived: AllowFlag[];
    startsAt: string | null;
    capacities?: Capacity[];
  };
  const startsAt = kept.startsAt === null ? null : Temporal.Instant.from(kept.startsAt);
  const isOver = startsAt !== null && Temporal.Instant.compare(startsAt, act.now) <= 0;
  const wish = {
    ...kept,
    waived: new Set(kept.waived),
    startsAt: isOver ? null : startsAt,
    startsPaused: kept.startsPaused && !isOver,
  };
  const terms = await readTerms(act, { ...wish, mailboxIds: await stillUsable(act, wish) });
  const { requestId } = kept;
  // The batches together are split among the mailboxes as one would be, so what each was given is carried along.
  const capacities = kept.capacities ?? (await capacitiesOf(act, terms));
  const { skipped, shares } = await join(act, contactIds, terms, {
    requestId,
    ownWork: requestId,
    capacities,
    warns: false,
  });
  const carried = { capacities: capacitiesAfter(capacities, shares) };
  await carryInstructions(act.db, act.caller.teamId, requestId, carried);
  const codes = new Map(skipped.map(({ contactId, reasons }) => [contactId, reasons[0]?.code ?? null]));
  return contactIds.map((id) =>
    codes.has(id) ? { outcome: "skipped", code: codes.get(id) ?? null } : { outcome: "added" },
  );
}

/** A mailbox that is lost while the work goes on is left out, as long as there is another. */
async function stillUsable(act: Act, { mailboxIds, sendFromAddress }: TermsWish) {
  if (mailboxIds.length === 1) return mailboxIds;
  const usable: string[] = [];
  for (const id of mailboxIds) {
    const found = await usableMailboxes(act, [id], null).catch((error: unknown) => {
      if (error instanceof Refusal) return [];
      throw error;
    });
    usable.push(...found.map((mailbox) => mailbox.id));
  }
  return usable.length === 0 || sendFromAddress !== null ? mailboxIds : usable;
}

/** Matches no sequence, so every enrollment of a contact counts as elsewhere. */
const NO_SEQUENCE = { id: "" };

/** Asked before adding: who of them would be left out, and why. Without a sequence, of any that they are not in yet. */
export async function checkDeployability(
  act: Act,
  sequenceId: string | undefined,
  contactIds: readonly string[],
) {
  const sequence = sequenceId === undefined ? NO_SEQUENCE : await getVisible(act, sequenceId);
  const waived = new Set<AllowFlag>();
  const asking = {
    sequence,
    byMasterKey: isMasterKey(act.caller),
    ownWork: null,
    holds: false,
    waived,
    isExplicit: true,
  };
  const { people, colleagues } = await formLine(act, [...new Set(contactIds)], asking);
  const judged = judgeCandidates(
    people,
    { waived, reEnrolls: false, waitsForOthers: false, isExplicit: true, colleagues },
    act.now,
  );
  return tally(
    people.map(({ id }) => id),
    judged,
  );
}
