// Adding people to a sequence, and what is done with them there. Shown first, done on the second call.

import { addContactsToSequence, type Output } from "@cadenza/sdk";
import { z } from "zod";
import * as fields from "../fields.ts";
import { tool } from "../tool.ts";
import { only } from "../words.ts";

const flag = (says: string) => z.boolean().default(false).describe(says);

export const enrolling = [
  tool({
    name: "add_contacts_to_sequence",
    title: "Add contacts to a sequence",
    description:
      "Without confirm, shows a preview: how many contacts are added, who is skipped and why (with the flag that adds them anyway), mailboxes, dates of first steps, and the first emails. Show it to the user, then call again with confirm. Set a flag only if the user asks for it after seeing who is affected.",
    calls: ["joining.addContacts", "promises.create", "progress.get"],
    reads: false,
    isWeighty: true,
    input: {
      sequence_id: fields.id,
      contact_ids: fields.ids("Contact ids").optional(),
      list_names: z.array(z.string().max(200)).max(50).optional().describe("Add all contacts on these lists"),
      mailbox_ids: fields.ids("One mailbox, or several to rotate; see find_mailboxes"),
      start_at: fields.day.optional().describe("Start at this time; paused until then"),
      paused: flag("Add them paused, to be resumed manually"),
      sequence_no_email: flag("Also contacts without an email address, for calls and tasks only"),
      sequence_unverified_email: flag("Also contacts whose email address is not verified"),
      sequence_job_change: flag("Also contacts who changed jobs"),
      sequence_active_in_other_campaigns: flag("Also contacts active in other sequences"),
      sequence_finished_in_other_campaigns: flag("Also contacts who finished other sequences"),
      sequence_same_company_in_same_campaign: flag("Also contacts with a colleague in this sequence"),
      user_id: fields.id.optional().describe("User who adds them; default: the key's user"),
      promise_id: fields.id.optional().describe("With confirm: the promise id from the preview"),
      confirm: fields.confirm,
    },
    async run(
      api,
      {
        sequence_id,
        contact_ids = [],
        list_names,
        mailbox_ids,
        start_at,
        paused,
        user_id,
        promise_id,
        confirm,
        ...flags
      },
    ) {
      const { sequence_same_company_in_same_campaign, ...wellKnown } = flags;
      const more = {
        ...(list_names && { label_names: list_names }),
        ...((paused || start_at) && { status: "paused" as const }),
        ...(start_at && { auto_unpause_at: start_at }),
        ...(sequence_same_company_in_same_campaign && { sequence_same_company_in_same_campaign }),
      };
      const variables: Record<string, unknown> = {};
      const answer = await addContactsToSequence.run(
        {
          sequence_id,
          email_account_id: mailbox_ids.join(","),
          contact_ids,
          wait: true,
          ...wellKnown,
          ...(user_id && { user_id }),
          additional_fields: { ...more, ...(confirm && promise_id && { promise_id }) },
        },
        { client: api, variables, dryRun: !confirm },
      );
      if (confirm) return said(answer, confirm);
      const { promise } = await api.promises.create({
        id: sequence_id,
        contact_ids,
        send_email_from_email_account_id: mailbox_ids,
        ...wellKnown,
        ...more,
        ...(user_id && { user_id }),
      });
      return { ...said(answer, confirm), promise: promiseSaid(promise) };
    },
  }),
  tool({
    name: "change_in_sequence",
    title: "Pause, resume, finish, remove or retry contacts in a sequence",
    description:
      "finish keeps their history and sends no more emails. remove takes them out, so they can be added again. retry repeats the failed step. Without confirm, shows how many contacts are affected.",
    calls: [
      ...["enrollments.pause", "enrollments.resume", "enrollments.retry", "enrollments.removeOrStop"],
      "enrollments.search",
    ],
    reads: false,
    isWeighty: true,
    input: {
      sequence_id: fields.id,
      contact_ids: fields.ids("Contact ids"),
      change: z.enum(["pause", "resume", "finish", "remove", "retry"]),
      until: fields.day.optional().describe("For pause: resume automatically at this time"),
      confirm: fields.confirm,
    },
    async run(api, { sequence_id, contact_ids, change, until, confirm }) {
      const options = { dryRun: !confirm };
      const whom = { id: sequence_id, contact_ids };
      const answer =
        change === "pause"
          ? await api.enrollments.pause({ ...whom, ...(until && { auto_unpause_at: until }) }, options)
          : change === "resume"
            ? await api.enrollments.resume(whom, options)
            : change === "retry"
              ? await api.enrollments.retry(whom, options)
              : await api.enrollments.removeOrStop(
                  {
                    emailer_campaign_ids: [sequence_id],
                    contact_ids,
                    mode: change === "finish" ? "mark_as_finished" : "remove",
                  },
                  options,
                );
      const left = "skipped_contact_ids" in answer ? answer.skipped_contact_ids : {};
      return {
        ...(!confirm && { not_done_yet: true }),
        change,
        about: contact_ids.length - Object.keys(left).length,
        left_alone: left,
        ...("entity_progress_job" in answer && {
          job: only(answer.entity_progress_job, ["id", "progress"]),
        }),
        ...(confirm && answer.change && { undo: answer.change }),
      };
    },
  }),
  tool({
    name: "undo",
    title: "Undo a change",
    description: "Undoes a bulk change. Use the id under undo in its answer. Works for a short time only.",
    calls: ["changes.undo"],
    reads: false,
    input: { change_id: fields.id },
    async run(api, { change_id }) {
      return api.changes.undo({ id: change_id });
    },
  }),
  tool({
    name: "get_job",
    title: "Show a background job",
    description: "Shows the progress of a background job.",
    calls: ["progress.get"],
    reads: true,
    input: { id: fields.id },
    async run(api, { id }) {
      return { job: (await api.progress.get({ id })).entity_progress_job };
    },
  }),
];

const NAMED = 50;

function said(answer: Output<"joining", "addContacts">, confirm: boolean) {
  const skipped = answer.skipped_contacts ?? [];
  const added = "enrollments" in answer ? answer.enrollments.length : (answer.num_added ?? null);
  return {
    ...(!confirm && {
      not_done_yet: true,
      next: "Show this to the user, then call again with confirm: true.",
    }),
    request_id: answer.request_id,
    joined: added,
    left_out: skipped.length,
    left_out_by_reason: byReason(skipped),
    left_out_people: skipped.slice(0, NAMED).map(({ contact_id, reasons }) => ({
      contact_id,
      reasons: reasons.map((reason) => only(reason, ["code", "sentence", "flag"])),
    })),
    mailbox_split: answer.mailbox_split,
    credits: answer.credits,
    ...("warnings" in answer &&
      answer.warnings &&
      answer.warnings.length > 0 && { warnings: answer.warnings.slice(0, NAMED) }),
    ...(answer.first_email_surges?.length && { first_email_surges: answer.first_email_surges }),
    ...("previews" in answer && answer.previews && { previews: answer.previews.slice(0, 2).map(preview) }),
    ...("enrollments" in answer && confirm && { enrollments: answer.enrollments.slice(0, NAMED) }),
    ...("entity_progress_job" in answer && { entity_progress_job: answer.entity_progress_job }),
  };
}

function promiseSaid(promise: Output<"promises", "create">["promise"]) {
  const days = new Map<string, number>();
  for (const { hour, count } of promise.first_steps)
    days.set(hour.slice(0, 10), (days.get(hour.slice(0, 10)) ?? 0) + count);
  return {
    ...only(promise, ["id", "people", "first_step_done_at", "last_finishes_at", "not_begun", "reasons"]),
    first_steps_by_day: [...days].map(([day, count]) => ({ day, count })),
  };
}

function preview(mail: { contact_id: string; subject: string; body_text: string; missing: string[] }) {
  return only(mail, ["contact_id", "subject", "body_text", "missing"]);
}

function byReason(skipped: readonly { reasons: readonly { code: string; flag: string | null }[] }[]) {
  const counts = new Map<string, { code: string; flag: string | null; people: number }>();
  for (const { reasons } of skipped) {
    const [first] = reasons;
    if (!first) continue;
    const entry = counts.get(first.code) ?? { code: first.code, flag: first.flag, people: 0 };
    counts.set(first.code, { ...entry, people: entry.people + 1 });
  }
  return [...counts.values()].sort((a, b) => b.people - a.people);
}
