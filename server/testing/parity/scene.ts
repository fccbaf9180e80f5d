// The team that the parity report asks: one record of each kind, with all that it can hold, and records that calls may spoil.

import { createHash } from "node:crypto";
import { answerLater } from "../../features/prospecting/enrichment/answering.ts";
import { mailed, replyTo, taken } from "../incoming.ts";
import { plantEnrollment, plantMessage } from "../planted.ts";
import { alwaysOpen } from "../sending.ts";
import { CALL_STEP, MAIL_STEP, newContact, newMailbox, newSequence } from "../sequenced.ts";
import type { Team, World } from "../world.ts";
import { EMAIL, newAccountOf, newMailedContact } from "./scene-contact.ts";
import { plantConversations } from "./scene-conversations.ts";
import { plantOutside } from "./scene-outside.ts";

export type Scene = Awaited<ReturnType<typeof plantScene>>;

export async function plantScene(world: World, team: Team) {
  const { api, owner } = team;
  await api.users.update({ id: owner.id, title: "Founder" });
  const outside = await plantOutside(world, team);
  const colleague = (await api.users.invite({ email: "mona@norrland.example", first_name: "Mona" })).user.id;
  const [contactField, accountField, dealField] = await Promise.all(
    (["contact", "account", "opportunity"] as const).map(
      async (modality) =>
        (await api.customFields.create({ label: `Size of ${modality}`, modality, type: "string" }))
          .typed_custom_fields[0]?.id ?? "",
    ),
  );
  const choices = await api.customFields.create({
    label: "Branch",
    modality: "contact",
    type: "picklist",
    meta: { picklist_values: [{ name: "Steel" }, { name: "Paper" }] },
  });
  const picklist = choices.typed_custom_fields[0];
  const stages = (await api.contactStages.list()).contact_stages;
  const accountStages = (await api.accountStages.list()).account_stages;
  const dealStages = (await api.opportunityStages.list()).opportunity_stages;
  const ruleset = (await api.rulesets.create({ name: "Strict" })).sequence_ruleset.id;
  const folder = (await api.folders.create({ name: "North", kind: "sequences" })).folder.id;
  const known = { ...outside, contactField, accountField, picklist: picklist?.id, ruleset, folder };
  const { account, parent } = await newAccountOf(team, known);
  const sent = await newMailedContact(world, team, account.id, known);
  const deal = await api.opportunities.create({
    name: "Boiler retrofit",
    account_id: account.id,
    amount: "48000",
    description: "Two boilers",
    closed_date: "2026-06-30",
    contact_id: sent.contactId,
    opportunity_stage_id: dealStages[1]?.id,
    typed_custom_fields: { [dealField ?? ""]: "large" },
  });
  const types = await api.opportunityContactRoleTypes.search({});
  await api.opportunities.updateRoles({
    opportunity_id: deal.opportunity.id,
    roles: [
      {
        contact_id: sent.contactId,
        is_primary: true,
        role: [
          { opportunity_contact_role_type_id: types.opportunity_contact_role_types[0]?.id, is_primary: true },
        ],
      },
    ],
  });
  const about = { contact_id: sent.contactId, account_id: account.id, opportunity_id: deal.opportunity.id };
  const newTask = async () =>
    (await api.tasks.create({ ...about, type: "call", user_id: owner.id, note: "Ring" })).task.id;
  const task = await newTask();
  /** A call for it is under way, so that the task shows it. */
  const newTaskWithCall = async () => {
    const outreach_task_id = await newTask();
    await api.phoneCalls.create({
      ...about,
      outreach_task_id,
      to_number: "+46905550101",
      status: "in-progress",
      phone_call_outcome_id: outcomes[0]?.id,
      phone_call_purpose_id: purposes[0]?.id,
    });
    return outreach_task_id;
  };
  const draft = async () =>
    (
      await api.emailerMessages.create({
        contact_id: sent.contactId,
        subject: "Hello",
        body_html: "<p>x</p>",
      })
    ).emailer_message.id;
  const mail = (row: Record<string, unknown>) =>
    plantMessage(world, team, sent.sequenceId, { contact_id: sent.contactId, to_email: EMAIL, ...row });
  const outcomes = (await api.phoneCalls.outcomes()).phone_call_outcomes;
  const purposes = (await api.phoneCalls.purposes()).phone_call_purposes;
  const call = await api.phoneCalls.create({
    ...about,
    outreach_task_id: task,
    to_number: "+46905550101",
    from_number: "+46905550100",
    status: "completed",
    duration: 60,
    start_time: "2026-02-03T09:00:00Z",
    phone_call_outcome_id: outcomes[0]?.id,
    phone_call_purpose_id: purposes[0]?.id,
    note: "Wants a quote",
    logged: true,
  });
  await api.notes.create({ content: "Call again", ...about });
  const sequence = await newSequence(team, {
    name: "Spoiled",
    emailer_steps: [MAIL_STEP, { ...CALL_STEP, note: "Ring", priority: "high" }],
  });
  const tree = await api.sequences.show({ id: sequence.id });
  await api.sequences.update({
    id: sent.sequenceId,
    sharing_permission: {
      visibility: "restricted",
      added_sharing_accesses: [{ user_or_team_id: colleague, access_type: "can_edit" }],
    },
  });
  return {
    owner: owner.id,
    ownerEmail: owner.email,
    colleague,
    ...outside,
    ...sent,
    contact: sent.contactId,
    mailbox: sent.mailboxId,
    message: sent.messageId,
    account: account.id,
    deal: deal.opportunity.id,
    task,
    call: call.phone_call.id,
    outcome: outcomes[1]?.id ?? "",
    purpose: purposes[1]?.id ?? "",
    parent,
    spoiledSequence: sequence.id,
    tree,
    contactField: contactField ?? "",
    accountField: accountField ?? "",
    dealField: dealField ?? "",
    picklist: { id: picklist?.id ?? "", values: picklist?.picklist_values.map(({ id }) => id) ?? [] },
    stage: stages[2]?.id ?? "",
    accountStage: accountStages[2]?.id ?? "",
    dealStage: dealStages[2]?.id ?? "",
    label: (await api.labels.list()).find(({ modality }) => modality === "contacts")?.id ?? "",
    accountLabel: (await api.labels.list()).find(({ modality }) => modality === "accounts")?.id ?? "",
    schedule: await alwaysOpen(team),
    ruleset,
    folder,
    template: (await api.templates.create({ name: "Opener", subject: "Hello", body_html: "<p>Hello</p>" }))
      .emailer_template.id,
    attachment: (await api.attachments.create({ file_name: "a.txt", content: "aGk=" })).attachment.id,
    hash: createHash("sha256").update(EMAIL).digest("hex"),
    draft,
    newTask,
    newTaskWithCall,
    repliedContact: await contactWhoReplied(world, team),
    requestId: await askLater(world, team),
    ...(await plantConversations(team, {
      account: account.id,
      contact: sent.contactId,
      deal: deal.opportunity.id,
      host: owner.email,
    })),
    secondMailbox: (await newMailbox(team)).id,
    subteam: (await api.subteams.create({ name: "North", user_ids: [colleague] })).subteam.id,
    planned: await mail({ status: "scheduled", due_at: "2100-01-01T09:00:00Z" }),
    failed: await mail({
      status: "failed",
      failed_at: "2026-02-03T09:00:00Z",
      failure_reason: "550 no such user",
    }),
    enrolledIn: async (sequence: string, state = "active") => {
      const contact_id = await newContact(team);
      await plantEnrollment(world, team, sequence, { contact_id, state });
      return contact_id;
    },
    newContact: (rest = {}) => newContact(team, rest),
    newAccount: async (name: string) => (await api.accounts.create({ name })).account.id,
    newSequence: async (rest = {}) =>
      (await newSequence(team, { emailer_steps: [{ ...MAIL_STEP, note: "First" }, CALL_STEP], ...rest })).id,
    newMailbox: async () => (await newMailbox(team)).id,
    newLabel: async (name: string) => (await api.labels.create({ name, modality: "contacts" })).label.id,
  };
}

async function contactWhoReplied(world: World, team: Team) {
  const one = await mailed(world, team);
  await taken(world, team, one, replyTo(one, "Yes, please call me next week."));
  return one.contactId;
}

/** A number that comes later, as the engine answers it. */
async function askLater(world: World, { id, api }: Team) {
  const wish = { email: EMAIL, reveal_phone_number: true, webhook_url: "https://hooks.example/parity" };
  const requestId = String((await api.people.match(wish)).request_id ?? "");
  await answerLater(world.running.app, { teamId: id, requestId }).catch(() => undefined); // no server is at the callback
  return requestId;
}
