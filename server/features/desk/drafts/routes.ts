import { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Act } from "../../../app.ts";
import type { Recipient } from "../../../domain/contacts/own-mails.ts";
import { route } from "../../../http/route.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { eachAlone } from "../../../runtime/savepoint-each.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { presentFoundContact } from "../../contacts/contacts/present.ts";
import { readContacts } from "../../contacts/contacts/reading-store.ts";
import { getWhole } from "../../sending/messages/commands.ts";
import { presentMessage } from "../../sending/messages/present.ts";
import { taskOfMessage } from "../../work/tasks/store.ts";
import { taskShown } from "../tasks/around.ts";
import { changeMessage, createDraft, deleteDraft } from "./commands.ts";
import { getPerson } from "./recipients.ts";
import { resolveMessage } from "./resolving.ts";
import { sendNow } from "./sending.ts";

const { emailerMessages } = contract;

export const routes = [
  route(emailerMessages.create, async ({ input, ...act }) => {
    const { id, missing } = await createDraft(act, {
      contactId: input.contact_id,
      inResponseTo: input.in_response_to_emailer_message_id,
      subject: input.subject,
      bodyHtml: input.body_html,
      recipients: (await recipientsFrom(act, input.recipients)) ?? [],
      templateId: input.emailer_template_id,
      attachmentIds: input.attachment_ids ?? [],
      mailboxId: input.email_account_id,
      sendFrom: input.send_from_email_address ?? null,
      isTracked: input.enable_tracking ?? false,
      remindAfterDays: input.remind_after_days ?? null,
      taskId: input.outreach_task_id,
    });
    return { ...(await shown(act, id)), missing_variables: missing };
  }),

  route(emailerMessages.update, async ({ input, ...act }) => {
    await changeMessage(act, input.id, {
      subject: input.subject,
      bodyHtml: input.body_html,
      recipients: await recipientsFrom(act, input.recipients),
      attachmentIds: input.attachment_ids,
      mailboxId: input.email_account_id,
      sendFrom: input.send_from_email_address ?? null,
      isTracked: input.enable_tracking,
      remindAfterDays: input.remind_after_days,
      dueAt: input.due_at == null ? input.due_at : readMoment(input.due_at),
    });
    return shown(act, input.id);
  }),

  route(emailerMessages.delete, async ({ input, ...act }) => {
    await deleteDraft(act, input.id);
    return { emailer_message: { id: input.id, deleted: true as const } };
  }),

  route(emailerMessages.sendNow, async ({ input, ...act }) => {
    await sendNow(act, input.id, {
      mailboxId: input.email_account_id,
      sendFrom: input.send_from_email_address ?? null,
      touchReason: input.touch_limit_reason?.trim() || null,
    });
    return shown(act, input.id);
  }),

  route(emailerMessages.bulkSendNow, async ({ input, ...act }) => {
    const asked = { mailboxId: undefined, sendFrom: null, touchReason: null };
    const { done, left } = await eachAlone(act.db, input.emailer_message_ids, (id) =>
      sendNow(act, id, asked),
    );
    return { emailer_message_ids: done, left };
  }),

  route(emailerMessages.bulkSchedule, async ({ input, ...act }) => {
    const times = new Map(input.emailer_messages.map(({ id, due_at }) => [id, due_at && readMoment(due_at)]));
    const { done, left } = await eachAlone(act.db, [...times.keys()], (id) =>
      changeMessage(act, id, { dueAt: times.get(id) || null, sendFrom: null }),
    );
    return { emailer_message_ids: done, left };
  }),

  route(emailerMessages.resolve, async ({ input, ...act }) => {
    await resolveMessage(act, input.id, input.as);
    return shown(act, input.id);
  }),
];

type Recipients = z.output<typeof emailerMessages.create.input>["recipients"];

async function recipientsFrom(asking: Pick<Act, "db" | "caller" | "now">, recipients: Recipients) {
  if (!recipients) return undefined;
  const read: Recipient[] = [];
  for (const { email, contact_id: contactId, recipient_type_cd: kind } of recipients) {
    const person = email === undefined && contactId ? await getPerson(asking, contactId) : null;
    read.push({ email: email ?? person?.email ?? "", kind });
  }
  return read;
}

async function shown(act: Act, id: string) {
  const { db, caller } = act;
  const whole = await getWhole(act, id);
  const [contacts, task] = await Promise.all([
    readContacts(db, caller.teamId, whole.row.contactId ? [whole.row.contactId] : [], viewerIn(caller)),
    taskOfMessage(db, caller.teamId, id),
  ]);
  const contact = contacts[0] ? presentFoundContact(contacts[0]) : null;
  return {
    emailer_message: { ...presentMessage(whole), contact },
    ...(task && { task: await taskShown(act, task) }),
  };
}
