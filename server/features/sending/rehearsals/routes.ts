import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { route, routeWithBefore } from "../../../http/route.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { stepWishFrom } from "../../editing/step-editing/step-input.ts";
import { findProblems, listVariables, rehearseDates, rehearseMail } from "./commands.ts";
import { presentDates, presentMissing, presentRehearsed } from "./present.ts";
import { noteTest, sendTest } from "./sending.ts";
import { tryMails } from "./trial.ts";
import { presentTrial } from "./trial-present.ts";

export const routes = [
  route(contract.rehearsals.dates, async ({ input, ...act }) => ({
    rehearsal: presentDates(
      await rehearseDates(act, {
        sequenceId: input.id,
        contactId: input.contact_id ?? null,
        startsAt: input.starts_at ? readMoment(input.starts_at) : null,
        steps: input.emailer_steps?.map(stepWishFrom) ?? null,
      }),
    ),
  })),

  route(contract.rehearsals.mail, async ({ input, ...act }) => ({
    preview: presentRehearsed(await rehearseMail(act, mailWishFrom(input))),
  })),

  route(contract.rehearsals.mails, async ({ input, ...act }) => ({
    trial: presentTrial(
      await tryMails(act, {
        sequenceId: input.id,
        labelId: input.label_id ?? null,
        stepId: input.emailer_step_id ?? null,
        unsaved: unsavedFrom(input),
      }),
    ),
  })),

  routeWithBefore(
    contract.rehearsals.sendTest,
    ({ app, caller, input, isDryRun }) =>
      sendTest(app, caller, { ...mailWishFrom(input), attachmentIds: input.attachment_ids ?? [] }, isDryRun),
    async ({ input, before, ...act }) => {
      await noteTest(act, input.id, before);
      return { test: { ...presentRehearsed(before), to: before.to } };
    },
  ),

  route(contract.rehearsals.variables, async ({ db, caller }) => ({
    variables: await listVariables(db, caller.teamId),
  })),

  route(contract.rehearsals.problems, async ({ input, ...act }) => {
    const { lookedAt, people, missing, unreadable } = await findProblems(act, input.id);
    return {
      looked_at: lookedAt,
      people,
      missing: missing.map(presentMissing),
      unreadable: unreadable.map(({ stepId, touchId, position, fault }) => ({
        emailer_step_id: stepId,
        emailer_touch_id: touchId,
        position,
        sentence: fault.sentence,
      })),
    };
  }),
];

function mailWishFrom(input: z.output<typeof contract.rehearsals.mail.input>) {
  return {
    sequenceId: input.id,
    contactId: input.contact_id ?? null,
    mailboxId: input.email_account_id ?? null,
    stepId: input.emailer_step_id ?? null,
    subject: input.subject ?? null,
    bodyHtml: input.body_html ?? null,
    isSigned: input.include_signature,
    opener: input.generic_personalized_opener ?? null,
    mayLackOpener:
      (input.personalized_opener_fallback_option ?? "send_without_opener") === "send_without_opener",
  };
}

/** Without a text, the saved emails are tried. */
function unsavedFrom(input: z.output<typeof contract.rehearsals.mails.input>) {
  if (input.subject == null && input.body_html == null) return null;
  return {
    stepId: input.emailer_step_id ?? null,
    subject: input.subject ?? null,
    bodyHtml: input.body_html ?? null,
    isSigned: input.include_signature,
    isReply: input.is_reply,
  };
}
