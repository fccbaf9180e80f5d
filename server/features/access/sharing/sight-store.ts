// What a member sees of everything that belongs to a sequence, a mailbox or an author: the one place where that is written.
// Each rule is a condition in SQL for statements whose $1 is the team. `viewer` is the place of the member's id (such as
// "$7"), or null there for admins, who see all.

import type { Db } from "../../../db/connect.ts";
import type { SubjectType } from "../../../domain/insight/event-words.ts";
import { VISIBLE_TO } from "./store.ts";

/** Of the sequence by this id; without one it is for everybody. */
export function seesSequence(viewer: string, id: string) {
  return `(${viewer}::text is null or ${id} is null or ${id} in (${VISIBLE_TO(viewer)}))`;
}

/** Mails: of a sequence for those who see the sequence, and for the user whose task it is to send it; all others for their author. */
export function seesMessage(viewer: string, m: string) {
  return `(${viewer}::text is null or case when ${m}.sequence_id is null then ${m}.user_id = ${viewer}
    when ${m}.sequence_id in (${VISIBLE_TO(viewer)}) then true
    else exists (select from tasks vt where vt.team_id = $1 and vt.message_id = ${m}.id and vt.user_id = ${viewer}) end)`;
}

/** What came in: for the mailbox's owner, and for those who see what it answers. What answers nothing is also for the contact's owner. */
export function seesIncoming(viewer: string, i: string) {
  return `(${viewer}::text is null
    or exists (select from mailboxes vb where vb.team_id = $1 and vb.id = ${i}.mailbox_id and vb.user_id = ${viewer})
    or case
      when ${i}.message_id is not null then exists (select from messages vm
        where vm.team_id = $1 and vm.id = ${i}.message_id and ${seesMessage(viewer, "vm")})
      when ${i}.enrollment_id is not null then exists (select from enrollments ve
        where ve.team_id = $1 and ve.id = ${i}.enrollment_id and ${seesSequence(viewer, "ve.sequence_id")})
      else exists (select from contacts vc where vc.team_id = $1 and vc.id = ${i}.contact_id and vc.owner_id = ${viewer}) end)`;
}

/** Tasks: for those who are to do them, and for those who see the sequence or the incoming mail that they come from. */
export function seesTask(viewer: string, t: string) {
  return `(${viewer}::text is null or ${t}.user_id = ${viewer} or ${seesSequence(viewer, `${t}.sequence_id`)}
    and (${t}.created_from is distinct from 'incoming_mail' or not exists (select from incoming_mails vi
      where vi.team_id = $1 and vi.task_id = ${t}.id and not ${seesIncoming(viewer, "vi")})))`;
}

/** Templates: one's own, everybody's, and the mails of sequences that one sees. */
function seesTemplate(viewer: string, t: string) {
  return `(${viewer}::text is null or ${t}.is_global or ${t}.user_id = ${viewer} or exists (
    select from step_touches vu join sequence_steps vp on vp.team_id = vu.team_id and vp.id = vu.step_id
     where vu.team_id = $1 and vu.template_id = ${t}.id and ${seesSequence(viewer, "vp.sequence_id")}))`;
}

/** Files: for those who brought them, and for those who see a mail or a step that they go along with. */
export function seesAttachment(viewer: string, a: string) {
  return `(${viewer}::text is null or ${a}.user_id = ${viewer}
    or exists (select from step_touches vu join sequence_steps vp on vp.team_id = vu.team_id and vp.id = vu.step_id
      where vu.team_id = $1 and vu.attachment_ids @> array[${a}.id::text] and ${seesSequence(viewer, "vp.sequence_id")})
    or exists (select from team_messages vm
      where vm.team_id = $1 and vm.attachment_ids @> array[${a}.id::text] and vm.attachment_ids <> '{}' and ${seesMessage(viewer, "vm")}))`;
}

/** Copilots: for those who made them, and for those who see the sequence that they fill. */
export function seesCopilot(viewer: string, c: string) {
  return `(${viewer}::text is null or ${c}.user_id = ${viewer} or ${seesSequence(viewer, `${c}.sequence_id`)})`;
}

/** Mails kept by the catcher: for the mailbox's owner, and for those who see the mail. */
export function seesCaught(viewer: string, k: string) {
  return `(${viewer}::text is null
    or exists (select from mailboxes vb where vb.team_id = $1 and vb.id = ${k}.mailbox_id and vb.user_id = ${viewer})
    or exists (select from messages vm where vm.team_id = $1 and vm.mailbox_id = ${k}.mailbox_id
      and vm.internet_message_id = ${k}.message_id and vm.copy_of is null and ${seesMessage(viewer, "vm")}))`;
}

/** Conversations: private ones for the host, for users who took part, and for the user who added them. */
export function seesConversation(viewer: string, k: string) {
  return `(${viewer}::text is null or not ${k}.is_private or ${k}.user_id = ${viewer} or ${k}.host_id is not distinct from ${viewer}
    or exists (select from conversation_participants vp where vp.team_id = $1 and vp.conversation_id = ${k}.id
      and vp.user_id = ${viewer}))`;
}

/** Notes: those about a conversation for those who see it. */
export function seesNote(viewer: string, n: string) {
  return `(${viewer}::text is null or not exists (select from note_conversations vc
      join conversations vk on vk.team_id = vc.team_id and vk.id = vc.conversation_id
     where vc.team_id = $1 and vc.note_id = ${n}.id and not ${seesConversation(viewer, "vk")}))`;
}

const ofItsAuthor = (viewer: string, t: string) => `(${viewer}::text is null or ${t}.user_id = ${viewer})`;
const sharedOrOwn = (viewer: string, v: string) => `(${ofItsAuthor(viewer, v)} or ${v}.is_shared)`;

type Rule = { table: string; sees: (viewer: string, alias: string) => string };

/** By what an event can be about; null: everybody in the team sees it. */
const RULES: Record<SubjectType, Rule | null> = {
  sequence: { table: "sequences", sees: (viewer, s) => seesSequence(viewer, `${s}.id`) },
  enrollment: { table: "enrollments", sees: (viewer, e) => seesSequence(viewer, `${e}.sequence_id`) },
  message: { table: "messages", sees: seesMessage },
  incoming_mail: { table: "incoming_mails", sees: seesIncoming },
  task: { table: "tasks", sees: seesTask },
  template: { table: "templates", sees: seesTemplate },
  attachment: { table: "attachments", sees: seesAttachment },
  copilot: { table: "copilots", sees: seesCopilot },
  conversation: { table: "conversations", sees: seesConversation },
  note: { table: "notes", sees: seesNote },
  forecast: { table: "forecasts", sees: ofItsAuthor },
  report_schedule: { table: "report_schedules", sees: ofItsAuthor },
  view: { table: "saved_views", sees: sharedOrOwn },
  team: null,
  user: null,
  session: null,
  api_key: null,
  application: null,
  sql_login: null,
  contact: null,
  account: null,
  person: null,
  organization: null,
  deal: null,
  call: null,
  label: null,
  contact_stage: null,
  account_stage: null,
  deal_stage: null,
  field: null,
  subteam: null,
  schedule: null,
  ruleset: null,
  folder: null,
  score_formula: null,
  suppression: null,
  provider: null,
  change: null,
  job: null,
  webhook: null,
  email_account: null,
  workflow: null,
};

/** What there is of one kind, and whether the viewer sees it; null for kinds that everybody sees. */
export function seenOfType(
  db: Db,
  teamId: string,
  viewerId: string,
  type: SubjectType,
  ids: readonly string[],
) {
  const rule = RULES[type];
  if (!rule) return null;
  return db.rows<{ id: string; isSeen: boolean }>(
    `select x.id, ${rule.sees("$3", "x")} as is_seen from ${rule.table} x where x.team_id = $1 and x.id = any($2::text[])`,
    [teamId, ids, viewerId],
  );
}

/** What a name such as `message_id` in an event's data points to, where that can be hidden. */
export function typeNamedBy(key: string): SubjectType | null {
  const type = key.replace(/_ids?$/, "");
  return type !== key && Object.hasOwn(RULES, type) && RULES[type as SubjectType]
    ? (type as SubjectType)
    : null;
}
