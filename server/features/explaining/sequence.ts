// Why a sequence: whether it runs, who in it waits for what, and what keeps anything from going out.

import { type Bucket, bucketsOf, type Crowd, holdsOnAny, sequenceStands } from "../../domain/crowd.ts";
import { type HeldBy, type Next, told } from "../../domain/explaining.ts";
import type { GateFacts, MailboxFacts } from "../../domain/gate-facts.ts";
import { zoneOfDays } from "../../domain/gate-times.ts";
import { nextOpening, placeFor } from "../../domain/schedule.ts";
import { isEmail } from "../../domain/sequence-plan.ts";
import { soundExcept } from "../../domain/sound-facts.ts";
import { getVisible } from "../sharing/commands.ts";
import { type Around, type Asking, aroundOf, mailboxFacts, stepFacts } from "./around.ts";
import { type Explanation, past } from "./commands.ts";
import * as crowd from "./crowd-store.ts";
import { meansIn } from "./means.ts";
import * as sendingStore from "./sending-store.ts";

export type SequenceExplanation = Explanation & { buckets: readonly Bucket[] };

export async function explainSequence(asking: Asking, id: string): Promise<SequenceExplanation> {
  const { db, caller, now } = asking;
  const around = await aroundOf(asking, await getVisible(asking, id));
  const rows = await crowd.crowdsIn(db, caller.teamId, id, now);
  const mailboxIds = [...new Set(rows.flatMap(({ mailboxId }) => mailboxId ?? []))];
  const sending = await sendingStore.readSending(db, caller.teamId, mailboxIds, now);
  const mailboxes = new Map(sending.map((row) => [row.id, mailboxFacts(row)]));
  const zone = zoneOfDays(around.facts);
  const crowds = rows.map((row) => crowdFrom(row, around, mailboxes, now));
  const heldBy = heldIn(around, crowds, zone, now);
  const next = around.sequence.isActive ? await nextIn(asking, around, rows, mailboxIds) : null;
  const { name, isActive, archivedAt } = around.sequence;
  const stands = sequenceStands(
    {
      ...{ name, isActive, crowds, heldBy },
      isArchived: archivedAt !== null,
      hasSteps: around.steps.length > 0,
      nextAt: next?.at ?? null,
    },
    zone,
  );
  return {
    subject: { type: "sequence", id, name },
    ...stands,
    ...{ next, heldBy },
    means: await meansIn(asking, around, heldMailbox(heldBy, mailboxes)),
    history: await past(asking, "subjects", [id]),
    buckets: bucketsOf(crowds, zone),
  };
}

function crowdFrom(
  row: crowd.CrowdRow,
  around: Around,
  mailboxes: ReadonlyMap<string, MailboxFacts>,
  now: Temporal.Instant,
): Crowd {
  const { state, inactiveReason, failureReason, firstDueAt, resumesAt } = row;
  const facts: GateFacts = {
    ...soundExcept(now, {
      membership: { state, inactiveReason, failureReason, dueAt: firstDueAt, resumeAt: resumesAt },
    }),
    sequence: around.facts,
    step: stepFacts(around, row.stepId),
    mailbox: mailboxes.get(row.mailboxId ?? "") ?? null,
  };
  return { facts, count: row.count, atLeast: row.looked >= crowd.LOOKED_AT };
}

/** What holds whoever waits, and what would hold anybody who came: the sequence itself, and mails nobody approved. */
function heldIn(around: Around, crowds: readonly Crowd[], zone: string, now: Temporal.Instant): HeldBy[] {
  const anybody = soundExcept(now, { sequence: around.facts });
  const steps = around.steps
    .filter(({ type, isOn, versionId }) => isEmail(type) && isOn && versionId === null)
    .map(({ id }) => soundExcept(now, { sequence: around.facts, step: stepFacts(around, id) }));
  const found = holdsOnAny([anybody, ...steps, ...crowds.map(({ facts }) => facts)], zone);
  const active = crowds.some(({ facts }) => facts.membership.state === "active");
  const nothing = { evidence: {}, since: null, until: null };
  return [
    ...(around.steps.length === 0 ? [told({ code: "no_steps", ...nothing }, zone)] : []),
    ...found,
    ...(around.sequence.isActive && !active && around.steps.length > 0
      ? [told({ code: "nobody_waits", ...nothing }, zone)]
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
  { db, caller, now }: Asking,
  around: Around,
  rows: readonly crowd.CrowdRow[],
  mailboxIds: readonly string[],
): Promise<Next | null> {
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
