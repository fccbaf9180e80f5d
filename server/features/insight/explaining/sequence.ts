// Why a sequence: whether it runs, who in it waits for what, and what keeps anything from going out.

import { type ActiveBrake, brakesOn } from "../../../domain/gate/brake-changes.ts";
import type { GateFacts, MailboxFacts } from "../../../domain/gate/gate-facts.ts";
import { zoneOfDays } from "../../../domain/gate/gate-times.ts";
import { soundExcept } from "../../../domain/gate/sound-facts.ts";
import {
  bucketsOf,
  type Crowd,
  type CrowdBucket,
  holdsOnAny,
  sequenceStands,
} from "../../../domain/insight/crowd.ts";
import { type HeldBy, holdWithSentence, type NextAction } from "../../../domain/insight/explaining.ts";
import { isEmail } from "../../../domain/sequences/sequence-plan.ts";
import { nextOpening, placeFor } from "../../../domain/time/schedule.ts";
import { type Around, aroundOf, mailboxFacts, type ReadContext, stepFacts } from "../../gate/facts/around.ts";
import * as sendingStore from "../../gate/facts/sending-store.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { getVisible } from "../../sequences/sequences/finding.ts";
import { type Explanation, past } from "./commands.ts";
import * as crowd from "./crowd-store.ts";
import { locksOfCrowd } from "./locks.ts";
import { meansIn } from "./means.ts";

type Called = { id: string; name: string | null };
type SequenceExplanation = Explanation & {
  buckets: readonly { bucket: CrowdBucket; people: readonly Called[] }[];
};

export async function explainSequence(asking: ReadContext, id: string): Promise<SequenceExplanation> {
  const { db, caller, now } = asking;
  const around = await aroundOf(asking, await getVisible(asking, id));
  const rows = await crowd.crowdsIn(db, caller.teamId, id, now);
  const mailboxIds = [...new Set(rows.flatMap(({ mailboxId }) => mailboxId ?? []))];
  const sending = await sendingStore.readSending(db, caller.teamId, mailboxIds, now);
  const mailboxes = new Map(sending.map((row) => [row.id, mailboxFacts(row)]));
  const zone = zoneOfDays(around.facts);
  const brakes = (await findTeam(db, caller.teamId))?.brakes ?? [];
  const crowds = rows.map((row) => {
    // Which of them had an email already is not counted here, so the first level is told of the sequence.
    const paused = brakesOn(brakes, { sequenceId: id, mailboxId: row.mailboxId, hasSentMail: true });
    return crowdFrom(row, around, mailboxes, { now, brakes: paused });
  });
  const locks = await locksOfCrowd(asking, { sequenceId: id, mailboxId: null }, zone);
  const holds = heldIn(around, crowds, zone, {
    now,
    brakes: brakesOn(brakes, { sequenceId: id, mailboxId: null, hasSentMail: false }),
  });
  const heldBy = [...holds, ...locks.heldBy];
  const next = around.sequence.isActive ? await nextIn(asking, around, rows, mailboxIds) : null;
  const { name, isActive, archivedAt } = around.sequence;
  const stands = sequenceStands(
    {
      name,
      isActive,
      crowds,
      heldBy: holds,
      locks,
      isArchived: archivedAt !== null,
      hasSteps: around.steps.length > 0,
      nextAt: next?.at ?? null,
    },
    zone,
  );
  return {
    subject: { type: "sequence", id, name },
    ...stands,
    next,
    heldBy,
    means: await meansIn(asking, around, heldMailbox(heldBy, mailboxes)),
    history: await past(asking, "subjects", [id]),
    buckets: await withPeople(asking, bucketsOf(crowds, zone, crowd.NAMED)),
  };
}

/** Contacts are seen by the whole team; who may not see the sequence does not get here. */
async function withPeople({ db, caller }: ReadContext, buckets: readonly CrowdBucket[]) {
  const ids = buckets.flatMap(({ contactIds }) => contactIds);
  const called = await crowd.calledOf(db, caller.teamId, ids);
  return buckets.map((bucket) => ({
    bucket,
    people: called.filter(({ id }) => bucket.contactIds.includes(id)),
  }));
}

type Braked = { now: Temporal.Instant; brakes: readonly ActiveBrake[] };

function crowdFrom(
  row: crowd.CrowdRow,
  around: Around,
  mailboxes: ReadonlyMap<string, MailboxFacts>,
  { now, brakes }: Braked,
): Crowd {
  const { state, inactiveReason, failureReason, firstDueAt, resumesAt, firstContacts } = row;
  const step = stepFacts(around, row.stepId);
  const hasSentMail = (step?.position ?? 1) > 1; // at a later step nearly all of them got an email
  const facts: GateFacts = {
    ...soundExcept(now, {
      membership: {
        state,
        inactiveReason,
        failureReason,
        dueAt: firstDueAt,
        resumeAt: resumesAt,
        hasSentMail,
      },
      brakes,
    }),
    sequence: around.facts,
    step,
    mailbox: mailboxes.get(row.mailboxId ?? "") ?? null,
  };
  return { facts, count: row.count, atLeast: row.looked >= crowd.LOOKED_AT, contactIds: firstContacts };
}

/** What holds the waiting enrollments, and what would hold any new one: the sequence itself, and unapproved mails. */
function heldIn(around: Around, crowds: readonly Crowd[], zone: string, { now, brakes }: Braked): HeldBy[] {
  const anybody = soundExcept(now, { sequence: around.facts, brakes });
  const steps = around.steps
    .filter(({ type, isOn, versionId }) => isEmail(type) && isOn && versionId === null)
    .map(({ id }) => soundExcept(now, { sequence: around.facts, step: stepFacts(around, id) }));
  const found = holdsOnAny([anybody, ...steps, ...crowds.map(({ facts }) => facts)], zone);
  const active = crowds.some(({ facts }) => facts.membership.state === "active");
  const nothing = { evidence: {}, since: null, until: null };
  return [
    ...(around.steps.length === 0 ? [holdWithSentence({ code: "no_steps", ...nothing }, zone)] : []),
    ...found,
    ...(around.sequence.isActive && !active && around.steps.length > 0
      ? [holdWithSentence({ code: "nobody_waits", ...nothing }, zone)]
      : []),
  ];
}

/** The mailbox that another one would stand in for. */
function heldMailbox(heldBy: readonly HeldBy[], mailboxes: ReadonlyMap<string, MailboxFacts>) {
  const id = heldBy.map(({ evidence }) => evidence.mailboxId).find((one) => typeof one === "string");
  return mailboxes.get(String(id)) ?? null;
}

/** The earliest step that is planned in the sequence, however it is held. */
async function nextIn(
  { db, caller, now }: ReadContext,
  around: Around,
  rows: readonly crowd.CrowdRow[],
  mailboxIds: readonly string[],
): Promise<NextAction | null> {
  const stepIds = around.steps.map(({ id }) => id);
  const byMailbox = await crowd.firstDue(db, caller.teamId, { mailboxIds, stepIds });
  const without = rows
    .filter(({ mailboxId, state, firstDueAt }) => mailboxId === null && state === "active" && firstDueAt)
    .flatMap(({ firstDueAt, stepId }) =>
      firstDueAt && stepId ? [{ dueAt: firstDueAt, stepId, mailboxId: null }] : [],
    );
  const [first] = [...(byMailbox ? [byMailbox] : []), ...without].sort((a, b) =>
    Temporal.Instant.compare(a.dueAt, b.dueAt),
  );
  const step = around.steps.find(({ id }) => id === first?.stepId);
  if (!first || !step) return null;
  const from = Temporal.Instant.compare(first.dueAt, now) < 0 ? now : first.dueAt;
  const at = nextOpening(placeFor(around.facts.schedule).schedule, zoneOfDays(around.facts), from);
  return { what: step.type, stepPosition: step.position, at, earliestAt: at, mailboxId: first.mailboxId };
}
