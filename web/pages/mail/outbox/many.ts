// What is done with many mails that have not gone out. Each is asked of the server in as many calls as it needs, and each mail
// has its verdict.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { chunksOf, inTurn } from "../../../parts/in-turn.ts";
import type { DryRunResult } from "../../../parts/TriedDialog.tsx";
import { api } from "../../../session.ts";
import type { Mail } from "../mails/queries.ts";

type Options = { dryRun?: boolean };
type Answer = Awaited<ReturnType<typeof api.emailerMessages.bulkSendNow>>;
type Dated = { id: string; due_at: string | null };

const AT_ONCE = 100;

export async function sendMany(ids: readonly string[], options: Options = {}) {
  const ask = (some: string[]) => api.emailerMessages.bulkSendNow({ emailer_message_ids: some }, options);
  return together(await inTurn(chunksOf(ids, AT_ONCE), ask));
}

export async function scheduleMany(mails: readonly Dated[], options: Options = {}) {
  const ask = (some: Dated[]) => api.emailerMessages.bulkSchedule({ emailer_messages: some }, options);
  return together(await inTurn(chunksOf(mails, AT_ONCE), ask));
}

function together(answers: readonly Answer[]) {
  return {
    ids: answers.flatMap(({ emailer_message_ids }) => emailer_message_ids),
    left: answers.flatMap(({ left }) => left),
  };
}

/** The user's own mails become drafts again. For a step's mails the contacts are paused, until a user resumes them. */
export async function holdMany(mails: readonly Mail[], options: Options = {}) {
  const own = mails.filter(({ emailer_campaign_id }) => !emailer_campaign_id);
  const drafted = await scheduleMany(
    own.map(({ id }) => ({ id, due_at: null })),
    options,
  );
  const bySequence = Map.groupBy(
    mails.filter(({ emailer_campaign_id, contact_id }) => emailer_campaign_id && contact_id),
    ({ emailer_campaign_id }) => emailer_campaign_id ?? "",
  );
  const paused = await inTurn([...bySequence], async ([id, some]) => {
    const ids = some.map(({ contact_id }) => contact_id ?? "");
    const answer = await api.enrollments.pause({ id, contact_ids: [...new Set(ids)] }, options);
    const left = "skipped_contact_ids" in answer ? answer.skipped_contact_ids : {};
    return { some, left, change: "change" in answer ? answer.change : null };
  });
  return {
    drafted: drafted.ids,
    held: paused.flatMap(({ some, left }) =>
      some.filter(({ contact_id }) => !(contact_id && contact_id in left)).map(({ id }) => id),
    ),
    left: [
      ...drafted.left,
      ...paused.flatMap(({ left }) =>
        Object.values(left).map((code) => ({ says: code.replaceAll("_", " ") })),
      ),
    ],
    changes: paused.flatMap(({ change }) => (change?.undo_until ? [change.id] : [])),
  };
}

export function sayTried({
  ids,
  left,
}: {
  ids: readonly string[];
  left: DryRunResult["left"];
}): DryRunResult {
  return { going: ids.length, left };
}

/** Where each was, so that it can be put back; what was due already is due at once. */
export function whereTheyWere(mails: readonly Mail[], ids: readonly string[], now: Date): Dated[] {
  const soonest = new Date(now.getTime() + 60_000).toISOString();
  return mails
    .filter(({ id }) => ids.includes(id))
    .map(({ id, due_at, status }) => ({
      id,
      due_at: status === "drafted" ? null : due_at && Date.parse(due_at) > now.getTime() ? due_at : soonest,
    }));
}

const TOUCHED = ["mails", "tasks", "waiting", "story", "today", "enrollments", "explain"];

/** Whatever was done, everything that tells of mails is asked anew. */
export function useMany<Wish, Done>(work: (wish: Wish) => Promise<Done>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: work,
    onSuccess: () => void Promise.all(TOUCHED.map((noun) => queries.invalidateQueries({ queryKey: [noun] }))),
  });
}
