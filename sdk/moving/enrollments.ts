// Who is in which sequence. Contacts go on at the step after the last one that they were sent; those who are through stay through. All
// of it happens in sequences that are switched off.

import { positionAfter } from "./branches.ts";
import { type Copying, idAt, type Place, refusalIn } from "./copying.ts";
import type { Copied } from "./ledger.ts";
import { lastStepsSent } from "./sent-steps.ts";
import { stepsInOrder, type Tree } from "./sequences.ts";

const AT_ONCE = 1_000;

/** A contact of the target. Two of the source with one address are one here, and whatever one of them was sent counts. */
type Member = Pick<Place, "isOver" | "paused" | "mailboxId"> & {
  targetId: string;
  nextStep: number;
  places: Place[];
};
type Group = Pick<Member, "isOver" | "paused" | "mailboxId"> & { startStep: number; members: Member[] };

export async function copyEnrollments(copying: Copying, trees: ReadonlyMap<string, Tree>) {
  let done = 0;
  for (const [sequenceId, places] of copying.places) {
    const tree = trees.get(sequenceId);
    const to = idAt(copying, "sequences", sequenceId);
    if (!tree || !to) leaveAll(copying, places, "Their sequence was left out.");
    else if (tree.emailer_campaign.archived) leaveAll(copying, places, "Their sequence is archived.");
    else if (tree.emailer_steps.length === 0) leaveAll(copying, places, "Their sequence has no steps.");
    else await copyPlaces(copying, tree, to, places);
    copying.show(++done, copying.places.size, "sequences with their contacts");
  }
}

const keyOf = (sequenceId: string, { contactId }: Place) => `${sequenceId} ${contactId}`;

async function copyPlaces(copying: Copying, tree: Tree, to: string, places: readonly Place[]) {
  const { ledger, report, source } = copying;
  const { id, name } = tree.emailer_campaign;
  const fresh = places.filter((place) => ledger.get("enrollments", keyOf(id, place)) === undefined);
  report.count("enrollments", "before", places.length - fresh.length);
  if (fresh.length === 0) return;
  const last = await lastStepsSent(source, tree);
  if (last === null) {
    leaveAll(copying, fresh, `The source does not tell which emails of “${name}” were sent.`);
    return;
  }
  const members = membersOf(copying, fresh, last, tree);
  for (const group of groupsOf(members, tree.emailer_steps.length))
    await addGroup(copying, { id, to }, group);
}

function membersOf(
  copying: Copying,
  places: readonly Place[],
  lastSent: ReadonlyMap<string, number>,
  tree: Tree,
) {
  const steps = stepsInOrder(tree);
  const members = new Map<string, Member>();
  for (const place of places) {
    const targetId = idAt(copying, "contacts", place.contactId);
    if (!targetId) {
      leaveAll(copying, [place], "Their contact was left out.");
      continue;
    }
    const nextStep = nextStepOf(steps, place.step ?? 1, lastSent.get(place.contactId) ?? 0);
    const { isOver, paused, mailboxId } = place;
    const known = members.get(targetId);
    members.set(targetId, {
      targetId,
      mailboxId: known?.mailboxId ?? mailboxId,
      nextStep: Math.max(nextStep, known?.nextStep ?? 1),
      isOver: isOver || known?.isOver === true,
      paused: paused ?? known?.paused ?? null,
      places: [...(known?.places ?? []), place],
    });
  }
  return members.values();
}

/** Where they stand, unless its email was sent: then behind it, on their path. */
function nextStepOf(steps: Tree["emailer_steps"], standsAt: number, lastSent: number) {
  if (lastSent < standsAt) return standsAt;
  return positionAfter(steps, lastSent) ?? steps.length + 1;
}

function groupsOf(members: Iterable<Member>, steps: number) {
  const groups = new Map<string, Group>();
  for (const member of members) {
    const { nextStep, mailboxId, paused } = member;
    const isOver = member.isOver || nextStep > steps;
    const startStep = isOver ? steps : nextStep;
    const key = `${isOver ? "over" : startStep} ${mailboxId} ${!isOver && paused ? `paused ${paused.until}` : ""}`;
    const group = groups.get(key) ?? { startStep, isOver, paused, mailboxId, members: [] };
    group.members.push(member);
    groups.set(key, group);
  }
  return groups.values();
}

async function addGroup(copying: Copying, sequence: { id: string; to: string }, group: Group) {
  const mailbox = idAt(copying, "mailboxes", group.mailboxId);
  if (!mailbox && group.mailboxId !== null) {
    leaveAll(copying, placesOf(group.members), "Their mailbox is not connected at the target.");
    return;
  }
  for (let from = 0; from < group.members.length; from += AT_ONCE)
    await addSome(
      copying,
      sequence,
      { ...group, members: group.members.slice(from, from + AT_ONCE) },
      mailbox,
    );
}

const placesOf = (members: readonly Member[]) => members.flatMap(({ places }) => places);

/** What the target would ask about was answered when they were added at the source. */
const FLAGS = {
  sequence_no_email: true,
  sequence_unverified_email: true,
  sequence_job_change: true,
  sequence_active_in_other_campaigns: true,
  sequence_finished_in_other_campaigns: true,
  sequence_same_company_in_same_campaign: true,
  sequence_same_email_in_same_campaign: true,
  contacts_without_ownership_permission: true,
};

const IS_THERE = "contacts_already_exists_in_current_campaign";

async function addSome(
  copying: Copying,
  { id, to }: { id: string; to: string },
  { startStep, isOver, paused, members }: Group,
  mailbox: string | undefined,
) {
  const { target, ledger, report, isDry } = copying;
  const ids = members.map(({ targetId }) => targetId);
  try {
    const skipped = isDry ? {} : await add({ target, ids, to, startStep, isOver, paused, mailbox });
    const copied: Copied[] = [];
    for (const { targetId, places } of members) {
      const code = skipped[targetId];
      if (code && code !== IS_THERE)
        leaveAll(copying, places, SKIPPED[code] ?? `The target does not add them: ${code}.`);
      else
        for (const [n, place] of places.entries())
          copied.push({
            kind: "enrollments",
            from: keyOf(id, place),
            to: `${to} ${targetId}`,
            made: n === 0 && code !== IS_THERE,
          });
    }
    await ledger.put(copied);
    report.count("enrollments", "made", copied.filter(({ made }) => made).length);
    report.count("enrollments", "existing", copied.filter(({ made }) => !made).length);
  } catch (error) {
    leaveAll(copying, placesOf(members), await refusalIn(error));
  }
}

type Adding = Pick<Copying, "target"> &
  Pick<Group, "startStep" | "isOver" | "paused"> & { ids: string[]; to: string; mailbox: string | undefined };

/** Answers who was skipped, and by which code. */
async function add({
  target,
  ids,
  to,
  startStep,
  isOver,
  paused,
  mailbox,
}: Adding): Promise<Record<string, string>> {
  const answer = await target.joining.addContacts({
    id: to,
    contact_ids: ids,
    start_step: startStep,
    ...(mailbox && { send_email_from_email_account_id: [mailbox] }),
    ...(!isOver && paused && { status: "paused", ...(paused.until && { auto_unpause_at: paused.until }) }),
    ...FLAGS,
  });
  const skipped = "skipped_contact_ids" in answer ? answer.skipped_contact_ids : {};
  // Also those who were there: an earlier run may have ended between the two calls.
  const over = isOver ? ids.filter((one) => !skipped[one] || skipped[one] === IS_THERE) : [];
  if (over.length > 0)
    await target.enrollments.removeOrStop({
      emailer_campaign_ids: [to],
      contact_ids: over,
      mode: "mark_as_finished",
    });
  return skipped;
}

function leaveAll({ report }: Copying, places: readonly Place[], why: string) {
  for (const { name } of places) report.leaveOut("enrollments", why, name);
}

/** The reasons that no flag sets aside, in words. */
const SKIPPED: Readonly<Record<string, string>> = {
  contacts_unsubscribed: "They have unsubscribed.",
  contacts_bounced: "Emails to their address bounce.",
  contacts_do_not_contact: "They are marked as do not contact.",
  contacts_paused: "They are paused everywhere.",
};
