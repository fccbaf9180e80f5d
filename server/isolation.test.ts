// No team sees or touches another's: for every call and every id it takes, a foreign id is answered
// exactly like one that never was. The matrix is read off the contract, so a new call is in it by
// itself; what it cannot know (how to make such a thing, which noun a new parameter names) stands in
// the tables below, and a gap in them fails with the line to add.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type Endpoint, type Entry, endpoints, offersDryRun, pathParameters } from "@cadenza/contract";
import { z } from "zod";
import { pipelineIdOf } from "./features/work/deal-stages/present.ts";
import { newId, roleTypeIdOf } from "./kernel/ids.ts";
import { makeCaught } from "./testing/caught.ts";
import { newCopilot, newCopilotWish, plantProposal } from "./testing/copiloted.ts";
import { devicesOf } from "./testing/devices.ts";
import { granting } from "./testing/granting.ts";
import { openImapMailbox } from "./testing/imap-mailbox.ts";
import { plantImport } from "./testing/imported.ts";
import { mailed, plantIncoming, replyWithFiles, taken } from "./testing/incoming.ts";
import { LOOPBACK } from "./testing/loopback.ts";
import { plantCompanies, plantJobs, plantNews, plantPeople } from "./testing/people.ts";
import { plant, plantEnrollment, plantMessage } from "./testing/planted.ts";
import { plantMove } from "./testing/planted-move.ts";
import { plantTrialRun } from "./testing/planted-trial.ts";
import { LOGIN, openSmtp, type Peer } from "./testing/post-office.ts";
import { insertAccount, insertContact } from "./testing/records.ts";
import { newMailbox, newSequence } from "./testing/sequenced.ts";
import { plantSuggested } from "./testing/suggested.ts";
import { plantTaken } from "./testing/taken.ts";
import { waitingWork } from "./testing/waiting-work.ts";
import { type Watch, watchWrites } from "./testing/watching.ts";
import { asOwner, call } from "./testing/wire.ts";
import { type Enrolled, makeChange, makeEnrolled } from "./testing/wishes/managed.ts";
import { makeAttachment, makeBrake, makeDraft, makeUnclear } from "./testing/wishes/messages.ts";
import { make, makeSequence } from "./testing/wishes/sequences.ts";
import { type Team, useWorld } from "./testing/world.ts";

/** Makes one of each thing an id may name, in the team given. */
const copilotOf = new Map<string, string>();
const GOAL = { metric: "num_phone_calls", period: "week", target: 50 } as const;

const FACTORIES = {
  teamMove: (team: Team): Promise<string> => plantMove(world, team),
  /** One for each team, because each proposal belongs to one copilot. */
  copilot: async (team: Team) => {
    const id = copilotOf.get(team.id) ?? (await newCopilot(team));
    copilotOf.set(team.id, id);
    return id;
  },
  mailable: async (team: Team) => {
    unique += 1;
    return (await team.api.contacts.create({ email: `made${unique}@copies.example` })).contact.id;
  },
  brake: (team: Team) => makeBrake(team, world),
  newCopilot: (team: Team) => newCopilot(team),
  suggestedMail: (team: Team) => plantSuggested(world, team),
  proposal: async (team: Team): Promise<string> => plantProposal(world, team, await FACTORIES.copilot(team)),
  user: async (team: Team) => {
    unique += 1;
    return (await team.api.users.invite({ email: `made${unique}@example.no` })).user.id;
  },
  actor: async (team: Team) => team.owner.id,
  keptReport,
  reportSchedule: async (team: Team): Promise<string> => {
    const wish = { view_id: await keptReport(team), every: "day" as const, time: "08:00" };
    const email_account_id = await FACTORIES.mailbox(team);
    return (await team.api.reportSchedules.create({ ...wish, email_account_id })).report_schedule.id;
  },
  scheduledReport: async (team: Team): Promise<string> => {
    const id = await FACTORIES.reportSchedule(team);
    const { report_schedules } = await team.api.reportSchedules.list();
    return report_schedules.find((one) => one.id === id)?.view_id ?? "";
  },
  reportRun: async (team: Team): Promise<string> => {
    const schedule_id = await FACTORIES.reportSchedule(team);
    const at = "2026-02-03T09:00:00Z";
    return plant(world, team, "report_runs", { schedule_id, due_at: at, state: "sent", ended_at: at });
  },
  sqlLogin: async (team: Team) => (await team.api.sqlLogins.create({ name: "made" })).sql_login.id,
  apiKey: async (team: Team) => (await team.api.apiKeys.create({ name: "made", master: true })).api_key.id,
  event: async (team: Team) => {
    await team.api.teams.update({ name: "Changed" });
    await team.api.teams.update({ name: "Changed again" });
    return (await team.api.auditLog.list({ limit: 1 })).audit_log[0]?.id ?? "";
  },
  work: async (team: Team) => (await waitingWork(world, { teamId: team.id, userId: team.owner.id })).id,
  failedWork: async (team: Team) => {
    const { id } = await waitingWork(world, { teamId: team.id, userId: team.owner.id });
    const failed = "update progress set status = 'failed', finished_at = now() where id = $1";
    await asOwner(world, (client) => client.query(failed, [id]));
    return id;
  },
  imported: (team: Team) => plantImport(world, team),
  workflow: async (team: Team) => (await plantTaken(world, team)).workflow,
  workflowRun: async (team: Team) => (await plantTaken(world, team)).run,
  workflowCandidate: async (team: Team) => (await plantTaken(world, team)).candidate,
  takenEntity: async (team: Team) => (await takenIn(team)).contact,
  workflowNotice: async (team: Team) => (await plantTaken(world, team)).notice,
  webhook: async (team: Team) => {
    const wish = { url: "https://hooks.example.invalid/", types: ["team.changed"] };
    return (await team.api.webhookSubscriptions.create(wish)).webhook_subscription.id;
  },
  device: (team: Team) => devicesOf(world, team).make(),
  label: async (team: Team) => {
    unique += 1;
    return (await team.api.labels.create({ name: `made${unique}`, modality: "accounts" })).label.id;
  },
  contactStage: async (team: Team) => {
    unique += 1;
    return (await team.api.contactStages.create({ name: `made${unique}` })).contact_stage.id;
  },
  accountStage: async (team: Team) => {
    unique += 1;
    return (await team.api.accountStages.create({ name: `made${unique}` })).account_stage.id;
  },
  ownDealStage: async (team: Team) => {
    unique += 1;
    return (await team.api.opportunityStages.create({ name: `made${unique}` })).opportunity_stage.id;
  },
  field: async (team: Team) => {
    unique += 1;
    const wish = { label: `made${unique}`, modality: "contact", type: "date" } as const;
    return (await team.api.customFields.create(wish)).typed_custom_fields[0]?.id ?? "";
  },
  stageOfSomebody: async (team: Team) => (await somebody(team)).contact_stage_id ?? "",
  listOfSomebody: async (team: Team) => (await somebody(team)).label_ids[0] ?? "",
  accountOfSomebody: async (team: Team) => (await somebody(team)).account_id ?? "",
  filledField: async (team: Team) => {
    unique += 1;
    const wish = { label: `made${unique}`, modality: "contact", type: "number" } as const;
    const id = (await team.api.customFields.create(wish)).typed_custom_fields[0]?.id ?? "";
    await team.api.contacts.create({ first_name: "made", typed_custom_fields: { [id]: 1 } });
    return id;
  },
  picklist: async (team: Team) => {
    unique += 1;
    const meta = { picklist_values: [{ name: "One" }] };
    const wish = { label: `made${unique}`, modality: "contact", type: "picklist", meta } as const;
    return (await team.api.customFields.create(wish)).typed_custom_fields[0]?.id ?? "";
  },
  fieldChoice: async (team: Team) => (team.id === ours.id ? choiceOfOurs : NEVER),
  subteam: async (team: Team) => {
    unique += 1;
    return (await team.api.subteams.create({ name: `made${unique}` })).subteam.id;
  },
  contact: async (team: Team) => (await team.api.contacts.create({ first_name: "made" })).contact.id,
  contactLabel: async (team: Team) => {
    unique += 1;
    return (await team.api.labels.create({ name: `made${unique}`, modality: "contacts" })).label.id;
  },
  enrolledAccount: async (team: Team) => {
    const { account } = await team.api.accounts.create({ name: "made" });
    await team.api.contacts.update({ id: await FACTORIES.enrolledContact(team), account_id: account.id });
    return account.id;
  },
  account: async (team: Team) => (await team.api.accounts.create({ name: "made" })).account.id,
  ...make,
  application: async (team: Team) => {
    const wish = { name: "made", redirect_uris: ["https://made.example/"] };
    return (await team.api.oauthApplications.create(wish)).client_id;
  },
  connectedApp: async (team: Team) => {
    const known = grantingOf.get(team.id) ?? granting(world, team);
    grantingOf.set(team.id, known);
    return (await known.connect()).client_id;
  },
  ourStep: async (team: Team) => (team.id === ours.id ? fixed.step : NEVER),
  ourTouch: async (team: Team) => (team.id === ours.id ? fixed.touch : NEVER),
  ourBranch: async (team: Team) => (team.id === ours.id ? fixed.branch : NEVER),
  fedSequence: async (team: Team) => {
    const id = await make.activeSequence(team);
    await plantEnrollment(world, team, id, { contact_id: fixed.contact });
    await team.api.sequences.abort({ id });
    return id;
  },
  enrolledSequence: async (team: Team) => (await enrolled(team)).sequence,
  enrolledContact: async (team: Team) => (await enrolled(team)).contact,
  enrolledStep: async (team: Team) => (await enrolled(team)).step,
  enrolledMailbox: async (team: Team) => (await enrolled(team)).mailbox,
  enrollment: async (team: Team) => (await enrolled(team)).enrollment,
  message: async (team: Team) => plantMessage(world, team, await make.activeSequence(team)),
  answerable: (team: Team) => makeAnswerable(team),
  sentMessage: (team: Team) => makeSent(team),
  draft: makeDraft,
  unclearMail: (team: Team): Promise<string> => makeUnclear(team, world),
  attachment: makeAttachment,
  messageContact: (team: Team) => makeMailed(team),
  messageUser: async (team: Team) => {
    await plantMessage(world, team, await make.activeSequence(team), { user_id: team.owner.id });
    return team.owner.id;
  },
  // Plants a message at the step of the sequence that FILLING names.
  reachedStep: async (team: Team) => {
    if (team.id !== ours.id) return NEVER;
    const sent = { step_id: fixed.step, contact_id: fixed.contact, completed_at: "2026-02-03T09:00:00Z" };
    await plantMessage(world, team, fixed.sequence, sent);
    return fixed.step;
  },
  messageStep: async (team: Team) => {
    const { id, step } = await makeSequence(team);
    await plantMessage(world, team, id, { step_id: step, completed_at: "2026-02-03T09:00:00Z" });
    return step;
  },
  messageTouch: async (team: Team) => {
    const { id, touch } = await makeSequence(team);
    await plantMessage(world, team, id, { touch_id: touch, completed_at: "2026-02-03T09:00:00Z" });
    return touch;
  },
  messageSequence: async (team: Team) => {
    const id = await make.activeSequence(team);
    await plantMessage(world, team, id);
    return id;
  },
  forecast: async (team: Team) => (await team.api.forecasts.create({ days: 1, seed: 1 })).forecast.id,
  trialRun: async (team: Team) => (await plantTrialRun(team)).id,
  triedContact: async (team: Team) => {
    const { id: contactId } = (await team.api.contacts.create({ first_name: "made" })).contact;
    const { id } = await plantTrialRun(team);
    await asOwner(world, (client) =>
      client.query(
        `insert into trial_run_emails (team_id, trial_run_id, position, contact_id, sent_at, subject)
         values ($1, $2, 0, $3, '2026-02-03T09:00:00Z', 'Tried')`,
        [team.id, id, contactId],
      ),
    );
    triedRuns.set(team.id, id);
    return contactId;
  },
  runningStep: async (team: Team) => (await newSequence(team)).steps[0] ?? "",
  reportedUser: async (team: Team) => {
    await plantReported(team, { user_id: team.owner.id });
    return team.owner.id;
  },
  reportedSubteam: async (team: Team) => {
    await plantReported(team, { user_id: team.owner.id });
    const wish = { name: `made${++unique}`, user_ids: [team.owner.id] };
    return (await team.api.subteams.create(wish)).subteam.id;
  },
  reportedSequence: async (team: Team) => {
    const id = await make.activeSequence(team);
    await plantMessage(world, team, id, WENT_OUT);
    return id;
  },
  reportedMailbox: async (team: Team): Promise<string> => {
    const mailbox_id = await FACTORIES.mailbox(team);
    await plantReported(team, { mailbox_id });
    return mailbox_id;
  },
  reportedStage: async (team: Team) => {
    const person = await somebody(team);
    await plantReported(team, { contact_id: person.id });
    return person.contact_stage_id ?? "";
  },
  reportedAccountStage: async (team: Team) => {
    const { account } = await team.api.accounts.create({ name: "made" });
    const { contact } = await team.api.contacts.create({ first_name: "made", account_id: account.id });
    await plantReported(team, { contact_id: contact.id, account_id: account.id });
    return account.account_stage_id ?? "";
  },
  change: makeChange,
  seed: (team: Team) => make.seed(team),
  placementTest: (team: Team) => make.placementTest(team),
  testedMailbox: (team: Team) => make.testedMailbox(team),
  mailbox: async (team: Team) => {
    unique += 1;
    const smtp = { host: "127.0.0.1", port: post.port, security: "none" as const };
    const wish = { email: `made${unique}@example.no`, smtp, test: false };
    return (await team.api.emailAccounts.create(wish)).email_account.id;
  },
  trackingDomain: async (team: Team) => {
    unique += 1;
    const wish = { domain: `made${unique}.norrland.no` };
    return (await team.api.trackingDomains.create(wish)).tracking_domain.id;
  },
  incoming: async (team: Team) => (await plantIncoming(world, team)).id,
  incomingWithFile: async (team: Team) => {
    const { port, mail } = await attached;
    const imap = { host: "localhost", port, security: "none" as const, ...LOGIN };
    const one = await mailed(world, team, { mailbox: { imap } });
    const raw = replyWithFiles(one, "See below.", [
      { type: "text/plain", name: "a.txt", content: Buffer.from("a") },
    ]);
    mail.deliver(raw);
    return taken(world, team, one, raw);
  },
  incomingContact: async (team: Team) => (await plantIncoming(world, team)).contactId,
  keyedMailbox: async (team: Team): Promise<string> => {
    const id = await FACTORIES.mailbox(team);
    await team.api.emailAccounts.setDkim({ id, key_type: "ed25519" });
    return id;
  },
  incomingMailbox: async (team: Team) => (await plantIncoming(world, team)).mailboxId,
  incomingMessage: async (team: Team) => (await plantIncoming(world, team)).messageId,
  incomingSequence: async (team: Team) => (await plantIncoming(world, team)).sequenceId,
  incomingUser: async (team: Team) => {
    await plantIncoming(world, team);
    return team.owner.id;
  },
  todayUser: async (team: Team) => {
    await made.task(team);
    return team.owner.id;
  },
  newsUser: async (team: Team) => {
    await plantIncoming(world, team);
    return team.owner.id;
  },
  goal: async (team: Team) => (await team.api.goals.save(GOAL)).goal.id,
  goalUser: async (team: Team) => {
    await team.api.goals.save(GOAL);
    return team.owner.id;
  },
  taskSequence: async (team: Team) => {
    const { sequenceId, contactId } = await plantIncoming(world, team);
    await plantTask(team, sequenceId, contactId);
    return sequenceId;
  },
  joinableSequence: async (team: Team) => (await joinable(team)).id,
  ourPromise: async (team: Team) => {
    if (team.id !== ours.id) return NEVER;
    const wish = { ...(await joinable(ours)), id: fixed.sequence };
    return (await ours.api.promises.create(wish)).promise.id;
  },
  ourRequest: async (team: Team) => (team.id === ours.id ? fixed.request : NEVER),
  ourJoined: async (team: Team) => (team.id === ours.id ? fixed.joined : NEVER),
  ourSequence: async (team: Team) => (team.id === ours.id ? fixed.sequence : NEVER),
  caught: async (team: Team) => makeCaught(world, team, (await newMailbox(team)).id),
  provider: async (team: Team) => {
    unique += 1;
    const wish = {
      kind: "apollo",
      base_url: "https://api.example.invalid",
      provider_key: "k",
      retries: 0,
    } as const;
    return (await team.api.enrichmentProviders.create({ ...wish, name: `made${unique}` })).provider.id;
  },
  prospect: async (team: Team) => (await plantPeople(world, team, [{ firstName: "made" }]))[0] ?? "",
  company: async (team: Team) => {
    const [id = ""] = await plantCompanies(world, team, [{ name: `made${++unique}` }]);
    const at = world.running.app.now();
    await plantJobs(world, team, [{ organizationId: id, externalId: null, title: "made", postedAt: at }]);
    await plantNews(world, team, [
      { externalId: null, organizationIds: [id], title: "made", publishedAt: at },
    ]);
    return id;
  },
  replyExample: async (team: Team) => {
    const { contactId } = await plantExample(team);
    return (await team.api.replies.examples({ contact_id: contactId })).reply_examples[0]?.id ?? "";
  },
  exampleContact: async (team: Team) => (await plantExample(team)).contactId,
  suppression: async (team: Team) => {
    unique += 1;
    return (await team.api.suppressions.create({ value: `made${unique}@example.no` })).suppression.id;
  },
  deal: async (team: Team) => (await team.api.opportunities.create({ name: "made" })).opportunity.id,
  dealStage: async (team: Team) => {
    const { opportunity } = await team.api.opportunities.create({ name: "made" });
    return opportunity.opportunity_stage_id ?? "";
  },
  dealAccount: async (team: Team) => {
    const account_id = await insertAccount(world, team);
    await team.api.opportunities.create({ name: "made", account_id });
    return account_id;
  },
  dealOwner: async (team: Team) => {
    await team.api.opportunities.create({ name: "made" });
    return team.owner.id;
  },
  pipeline: async (team: Team) => pipelineIdOf(team.id),
  roleType: async (team: Team) => roleTypeIdOf(team.id, "Buyer"),
  task: async (team: Team) => (await made.task(team)).id,
  taskUser: async (team: Team) => (await made.task(team)).user_id,
  taskContact: async (team: Team) => (await made.task(team)).contact_id ?? "",
  taskAccount: async (team: Team) => (await made.task(team)).account_id ?? "",
  taskDeal: async (team: Team) => (await made.task(team)).opportunity_id ?? "",
  call: async (team: Team) => (await made.call(team)).id,
  callUser: async (team: Team) => (await made.call(team)).user_id ?? "",
  callContact: async (team: Team) => (await made.call(team)).contact_id ?? "",
  callAccount: async (team: Team) => (await made.call(team)).account_id ?? "",
  callOutcome: async (team: Team) => (await made.call(team)).phone_call_outcome_id ?? "",
  callPurpose: async (team: Team) => (await made.call(team)).phone_call_purpose_id ?? "",
  callLabel: (team: Team) => made.callLabel(team),
  note: async (team: Team) => (await made.note(team)).id,
  mentioningNote: async (team: Team) => {
    const { id } = await made.note(team);
    await team.api.notes.update({ id, mentioned_user_ids: [team.owner.id] });
    return id;
  },
  conversation: async (team: Team) => (await made.conversation(team)).id,
  talkedContact: async (team: Team) => (await made.conversation(team)).contact,
  talkedAccount: async (team: Team) => (await made.conversation(team)).account,
  talkedUser: async (team: Team) => {
    await made.conversation(team);
    return team.owner.id;
  },
  talkedDeal: async (team: Team) => (await made.conversation(team)).deal,
  talkedCompany: async (team: Team): Promise<string> => {
    const organization_id = await FACTORIES.company(team);
    const account_id = (await team.api.accounts.create({ name: "made", organization_id })).account.id;
    await team.api.conversations.create({ start_time: "2026-02-03", account_id });
    return organization_id;
  },
  conversationTag: async (team: Team) => (await made.conversation(team)).tag,
  conversationExport: async (team: Team) => {
    const wish = { start_time: "2026-02-01", end_time: "2026-03-01", email: team.owner.email };
    return (await team.api.conversations.export(wish)).export_id;
  },
  noteContact: async (team: Team) => (await made.note(team)).contact_id ?? "",
  noteAccount: async (team: Team) => (await made.note(team)).account_id ?? "",
  noteDeal: async (team: Team) => (await made.note(team)).opportunity_id ?? "",
} satisfies Record<string, (team: Team) => Promise<string>>;

/** For each team, with the person who is signed in once. */
const grantingOf = new Map<string, ReturnType<typeof granting>>();

/** Whom a mail went to. */
async function makeMailed(team: Team): Promise<string> {
  const contact_id = await insertContact(world, team);
  await plantMessage(world, team, await make.activeSequence(team), { contact_id });
  return contact_id;
}

async function makeAnswerable(team: Team): Promise<string> {
  const contact_id = await insertContact(world, team);
  return plantMessage(world, team, await make.activeSequence(team), { contact_id });
}

const WENT_OUT = { completed_at: "2026-02-03T09:00:00Z" };

/** What a report counts. */
async function plantReported(team: Team, rest: Record<string, unknown>) {
  await plantMessage(world, team, await make.activeSequence(team), { ...WENT_OUT, ...rest });
}

/** Shown by every call that shows one. */
function makeSent(team: Team) {
  return make
    .activeSequence(team)
    .then((sequence) =>
      plantMessage(world, team, sequence, { completed_at: "2026-02-03T09:00:00Z", subject: "made" }),
    );
}

type Joinable = { id: string; contact_ids: string[]; send_email_from_email_account_id: string[] };

/** Everything needed to add a contact to a sequence, all of one team. */
async function joinable(team: Team): Promise<Joinable> {
  return {
    id: await make.activeSequence(team),
    contact_ids: [
      (await team.api.contacts.create({ email: `j${++unique}@joins${unique}.example` })).contact.id,
    ],
    send_email_from_email_account_id: [await FACTORIES.mailbox(team)],
  };
}

/** As a step makes one. */
function plantTask(team: Team, sequence_id: string, contact_id: string) {
  const at = new Date().toISOString();
  return plant(world, team, "tasks", {
    user_id: team.owner.id,
    contact_id,
    sequence_id,
    type: "call",
    status: "scheduled",
    priority: "medium",
    title: "made",
    due_at: at,
    created_at: at,
    updated_at: at,
  });
}

const takenOf = new Map<string, ReturnType<typeof plantTaken>>();

/** The same of a workflow for all cells of a team. */
function takenIn(team: Team) {
  const known = takenOf.get(team.id) ?? plantTaken(world, team);
  takenOf.set(team.id, known);
  return known;
}

const enrolledIn = new Map<string, Promise<Enrolled>>();

/** One contact in one sequence, the same for all cells of a team. */
function enrolled(team: Team) {
  const known = enrolledIn.get(team.id) ?? makeEnrolled(team);
  enrolledIn.set(team.id, known);
  return known;
}

/** With everything on it that a search can ask for. */
/** A reply of which a person has said what it is. */
async function plantExample(team: Team) {
  const one = await plantIncoming(world, team);
  await asOwner(world, (client) =>
    client.query("update incoming_mails set body_text = 'Hello', from_email = $2 where id = $1", [
      one.id,
      one.email,
    ]),
  );
  await team.api.incomingMails.overrule({ id: one.id, kind: "auto_reply" });
  return one;
}

const made = {
  call: async (team: Team) => {
    const account_id = await insertAccount(world, team);
    const contact_id = await insertContact(world, team, { accountId: account_id });
    const [outcome] = (await team.api.phoneCalls.outcomes()).phone_call_outcomes;
    const [purpose] = (await team.api.phoneCalls.purposes()).phone_call_purposes;
    const choices = { phone_call_outcome_id: outcome?.id, phone_call_purpose_id: purpose?.id };
    return (await team.api.phoneCalls.create({ contact_id, ...choices })).phone_call;
  },
  callLabel: async (team: Team) => {
    const { contact_id } = await made.call(team);
    const id = newId();
    await world.running.app.db.inTeam(team.id, async (db) => {
      await db.run(
        "insert into labels (team_id, id, modality, name, created_at, updated_at) values ($1, $2, 'contacts', 'made ' || gen_random_uuid(), now(), now())",
        [team.id, id],
      );
      await db.run(
        "insert into contact_labels (team_id, label_id, contact_id, added_at) values ($1, $2, $3, now())",
        [team.id, id, contact_id],
      );
    });
    return id;
  },
  conversation: async (team: Team) => {
    const account = await insertAccount(world, team);
    const contact = await insertContact(world, team);
    const { opportunity } = await team.api.opportunities.create({ name: "made" });
    unique += 1;
    const { conversation } = await team.api.conversations.create({
      start_time: "2026-02-03",
      host_id: team.owner.id,
      account_id: account,
      opportunity_ids: [opportunity.id],
      participants: [{ contact_id: contact }],
      tag_names: [`made${unique}`],
    });
    const [tag] = conversation.label_id_names;
    return { id: conversation.id, account, contact, deal: opportunity.id, tag: tag?.id ?? "" };
  },
  note: async (team: Team) => {
    const account_id = await insertAccount(world, team);
    const contact_id = await insertContact(world, team);
    const { opportunity } = await team.api.opportunities.create({ name: "made" });
    const about = { account_id, contact_id, opportunity_id: opportunity.id };
    return (await team.api.notes.create({ content: "made", ...about })).note;
  },
  task: async (team: Team) => {
    const account_id = await insertAccount(world, team);
    const { opportunity } = await team.api.opportunities.create({ name: "made", account_id });
    const contact_id = await insertContact(world, team, { accountId: account_id });
    const wish = {
      type: "call",
      user_id: team.owner.id,
      contact_id,
      opportunity_id: opportunity.id,
    } as const;
    return (await team.api.tasks.create(wish)).task;
  },
};

/** What an id parameter names: by call and parameter, or by parameter alone. */
const NOUNS: Record<string, keyof typeof FACTORIES> = {
  "users.* id": "user",
  "apiKeys.* id": "apiKey",
  "oauthApplications.* id": "application",
  "connectedApps.* id": "connectedApp",
  user_id: "user",
  actor_id: "actor",
  subject_id: "apiKey",
  "auditLog.list before": "event",
  "teamMoves.* id": "teamMove",
  "progress.markSeen id": "failedWork",
  "progress.* id": "work",
  "webhookSubscriptions.* id": "webhook",
  "pushSubscriptions.* id": "device",
  "workflows.* id": "workflow",
  "workflowRuns.* id": "workflowRun",
  "workflowCandidates.* id": "workflowCandidate",
  "workflowNotices.* id": "workflowNotice",
  "workflowRuns.candidates entity_id": "takenEntity",
  "workflowTrials.* id": "workflow",
  entity_id: "contact",
  "labels.* id": "label",
  account_label_ids: "label",
  "opportunityStages.* id": "ownDealStage",
  "opportunityStages.* ids": "ownDealStage",
  "opportunityStages.* reassign_to": "ownDealStage",
  "contactStages.* id": "contactStage",
  "contactStages.* ids": "contactStage",
  "contactStages.* reassign_to": "contactStage",
  "accountStages.* id": "accountStage",
  "accountStages.* ids": "accountStage",
  "accountStages.* reassign_to": "accountStage",
  account_stage_id: "accountStage",
  "customFields.update id": "fieldChoice",
  "customFields.delete id": "field",
  "processingRecords.update lawful_basis_field_id": "picklist",
  "customFields.update reassign_from": "fieldChoice",
  "subteams.* id": "subteam",
  user_ids: "user",
  owner_id: "user",
  account_owner_ids: "actor",
  "accounts.* id": "account",
  "accounts.* winner_id": "account",
  "accounts.* loser_ids": "account",
  account_ids: "account",
  parent_account_id: "account",
  "contacts.* id": "contact",
  "contacts.* winner_id": "contact",
  "contacts.* loser_ids": "contact",
  contact_ids: "contact",
  account_id: "account",
  contact_stage_id: "contactStage",
  contact_stage_ids: "contactStage",
  delivered: "contactStage",
  opened: "contactStage",
  clicked: "contactStage",
  replied: "contactStage",
  interested: "contactStage",
  demoed: "contactStage",
  bounced: "contactStage",
  spam_blocked: "contactStage",
  unsubscribed: "contactStage",
  out_of_office: "contactStage",
  finished: "contactStage",
  not_sent: "contactStage",
  unresponsive: "contactStage",
  job_changed: "contactStage",
  label_ids: "contactLabel",
  contact_label_ids: "contactLabel",
  contact_owner_ids: "actor",
  emailer_campaign_ids: "sequence",
  "changes.* id": "change",
  "enrollments.show id": "enrollment",
  "enrollments.asOf id": "enrollment",
  "emailVerifications.show id": "contact",
  "emailVerifications.start contact_filter.typed_custom_fields.0.id": "filledField",
  "scoreFormula.* custom_field_id": "filledField",
  "copilots.* id": "copilot",
  "copilots.delete id": "newCopilot",
  "copilots.propose id": "newCopilot",
  proposal_id: "proposal",
  proposal_ids: "proposal",
  example_contact_ids: "contact",
  "copilots.* email_account_ids": "mailbox",
  "reports.* id": "sequence",
  "rehearsals.* id": "sequence",
  "rehearsals.* contact_id": "contact",
  "rehearsals.* label_id": "contactLabel",
  "rehearsals.* email_account_id": "mailbox",
  "explain.contact id": "contact",
  "explain.enrollment id": "enrollment",
  "explain.sequence id": "sequence",
  "explain.mailbox id": "mailbox",
  "explain.message id": "message",
  "emailerMessages.* id": "sentMessage",
  "emailerMessages.update id": "draft",
  "emailerMessages.delete id": "draft",
  "emailerMessages.sendNow id": "draft",
  "emailerMessages.resolve id": "unclearMail",
  "emailerMessages.* ids": "sentMessage",
  "emailerMessages.* emailer_message_ids": "sentMessage",
  "emailerMessages.bulkSendNow emailer_message_ids": "draft",
  "emailerMessages.bulkSchedule emailer_messages": "draft",
  "emailerMessages.create recipients.0.contact_id": "mailable",
  "emailerMessages.update recipients.0.contact_id": "mailable",
  "emailerMessages.create in_response_to_emailer_message_id": "answerable",
  "emailerMessages.search user_ids": "messageUser",
  "emailerMessages.search for_user_ids": "messageUser",
  "emailerMessages.search contact_ids": "messageContact",
  "emailerMessages.search contact_id": "messageContact",
  "emailerMessages.search emailer_campaign_ids": "messageSequence",
  "emailerMessages.search emailer_step_ids": "messageStep",
  "emailerMessages.search emailer_touch_ids": "messageTouch",
  not_emailer_campaign_ids: "ourSequence",
  emailer_template_id: "template",
  attachment_ids: "attachment",
  "attachments.* id": "attachment",
  "attachments.list ids": "attachment",
  "enrollments.* id": "enrolledSequence",
  "enrollments.* emailer_campaign_ids": "enrolledSequence",
  "enrollments.* emailer_campaign_id": "enrolledSequence",
  "enrollments.* contact_ids": "enrolledContact",
  "enrollments.manageEverywhere account_ids": "enrolledAccount",
  "enrollments.* emailer_step_ids": "enrolledStep",
  "enrollments.* email_account_ids": "enrolledMailbox",
  "enrollments.* emailer_campaign_contact_ids": "enrollment",
  "enrollments.* send_email_from_email_account_id": "mailbox",
  "joining.addContacts id": "joinableSequence",
  "joining.addContacts emailer_campaign_id": "ourSequence",
  "joining.addContacts promise_id": "ourPromise",
  "promises.create id": "joinableSequence",
  "promises.create emailer_campaign_id": "ourSequence",
  "promises.show id": "sequence",
  "promises.show request_id": "ourRequest",
  "joining.verdicts id": "sequence",
  "joining.additions id": "sequence",
  "joining.verdicts contact_id": "ourJoined",
  "joining.verdicts request_id": "ourRequest",
  send_email_from_email_account_id: "mailbox",
  email_account_id: "mailbox",
  userId: "user",
  "sequences.* id": "sequence",
  "sequences.abort id": "activeSequence",
  "sequences.* user_ids": "actor",
  "sequences.* emailer_steps.0.id": "ourStep",
  "sequences.* emailer_steps.0.branch_step_id": "ourBranch",
  "sequences.* emailer_steps.0.condition.rules.0.step_id": "ourStep",
  "steps.* branch_step_id": "ourBranch",
  "steps.* condition.rules.0.step_id": "ourStep",
  "sequences.* emailer_steps.0.emailer_touches.0.id": "ourTouch",
  "sequences.* emailer_steps.0.emailer_touches.0.goes_with_touch_id": "ourTouch",
  "touches.* goes_with_touch_id": "ourTouch",
  "sequences.* label_ids": "sequenceLabel",
  "sequences.importFiles check_label_id": "contactLabel",
  "sequences.importFiles preview_contact_id": "contact",
  "sequences.activityFeed contact_id": "contact",
  "sequences.activityFeed sequence_id": "fedSequence",
  "sequences.activity contact_id": "ourJoined",
  "sequences.activity user_id": "actor",
  "sequences.* emailer_steps.0.emailer_touches.0.emailer_template.id": "template",
  "touches.* emailer_template.id": "template",
  user_or_team_id: "actor",
  emailer_campaign_id: "sequence",
  "rehearsals.* emailer_step_id": "ourStep",
  emailer_step_id: "step",
  emailer_schedule_id: "schedule",
  sequence_ruleset_id: "ruleset",
  excluded_contact_stage_ids: "contactStage",
  excluded_account_stage_ids: "accountStage",
  folder_id: "sequenceFolder",
  parent_id: "sequenceFolder",
  "templates.* folder_id": "templateFolder",
  "views.* id": "view",
  "forecasts.* id": "forecast",
  "trialRuns.* id": "trialRun",
  "trialRuns.start id": "sequence",
  "trialRuns.list id": "sequence",
  "trialRuns.emails contact_id": "triedContact",
  "sqlLogins.* id": "sqlLogin",
  "reportSchedules.* id": "reportSchedule",
  "reportSchedules.run id": "reportRun",
  "reportSchedules.* view_id": "keptReport",
  "reportSchedules.list view_id": "scheduledReport",
  "reportSchedules.* webhook_subscription_id": "webhook",
  switch_off_steps: "runningStep",
  smart_user_id: "reportedUser",
  smart_subteam_id: "reportedSubteam",
  "reports.behind emailer_campaign_ids": "reportedSequence",
  "reports.behind email_account_ids": "reportedMailbox",
  "reports.behind contact_stage_ids": "reportedStage",
  "reports.behind account_stage_ids": "reportedAccountStage",
  "reports.behind opportunity_stage_ids": "dealStage",
  "reports.sync emailer_campaign_ids": "reportedSequence",
  "reports.sync email_account_ids": "reportedMailbox",
  "reports.sync contact_stage_ids": "reportedStage",
  "reports.sync account_stage_ids": "reportedAccountStage",
  "reports.sync opportunity_stage_ids": "dealStage",
  "imports.* id": "imported",
  "imports.create add_to_sequence.id": "joinableSequence",
  "imports.create add_to_sequence.promise_id": "ourPromise",
  "imports.promise add_to_sequence.id": "joinableSequence",
  "mixedPeople.* person_ids": "prospect",
  "prospecting.* person_ids": "prospect",
  "prospecting.* person_filter.person_ids": "prospect",
  "organizations.* id": "company",
  "people.* id": "prospect",
  "enrichmentProviders.* id": "provider",
  "enrichmentProviders.* provider_ids": "provider",
  "newsArticles.* organization_ids": "company",
  "contacts.matching contact_stage_ids": "stageOfSomebody",
  "contacts.matching contact_label_ids": "listOfSomebody",
  "contacts.matching account_ids": "accountOfSomebody",
  "contacts.matching account_id": "accountOfSomebody",
  "contacts.matching emailer_campaign_ids": "enrolledSequence",
  "contacts.search typed_custom_fields.0.id": "filledField",
  "contacts.matching typed_custom_fields.0.id": "filledField",
  "folders.* id": "sequenceFolder",
  "steps.* id": "step",
  "abTests.show id": "step",
  "abTests.start id": "comparedStep",
  "abTests.stop id": "testedStep",
  "placementTests.show id": "placementTest",
  "placementTests.list email_account_id": "testedMailbox",
  "placementTests.start email_account_id": "mailbox",
  "placementTests.start emailer_touch_id": "touch",
  "placementTests.start like_id": "placementTest",
  "placementTests.start seed_ids": "seed",
  "touches.* id": "touch",
  "templates.* id": "template",
  "schedules.* id": "schedule",
  "brakes.* id": "brake",
  "holidays.* id": "holiday",
  "rulesets.* id": "ruleset",
  "stars.starSequence id": "sequence",
  "stars.unstarSequence id": "sequence",
  "stars.starTemplate id": "template",
  "stars.unstarTemplate id": "template",
  "emailAccounts.removeDkim id": "keyedMailbox",
  "emailAccounts.* id": "mailbox",
  "emailAccounts.create tracking_domain_id": "trackingDomain",
  "emailAccounts.update tracking_domain_id": "trackingDomain",
  "trackingDomains.* id": "trackingDomain",
  "incomingMails.overrule id": "incoming",
  "incomingMails.settle id": "incoming",
  "replies.deleteExample id": "replyExample",
  "replies.examples contact_id": "exampleContact",
  "incomingMails.decideSuggestion id": "suggestedMail",
  "languageModel.prompts incoming_mail_id": "incoming",
  "incomingMails.handle id": "incoming",
  "incomingMails.attachment id": "incomingWithFile",
  "incomingMails.get id": "incoming",
  "incomingMails.* incoming_mail_ids": "incoming",
  "incomingMails.* contact_id": "incomingContact",
  "incomingMails.* email_account_id": "incomingMailbox",
  "incomingMails.* email_account_ids": "incomingMailbox",
  "incomingMails.* emailer_message_id": "incomingMessage",
  "catcher.* id": "caught",
  "suppressions.* id": "suppression",
  "opportunities.* id": "deal",
  "opportunities.* opportunity_contact_roles.0.contact.id": "contact",
  "opportunities.updateRoles roles.0.contact.id": "contact",
  "opportunities.ofContact id": "taskContact",
  "opportunities.search account_id": "dealAccount",
  "opportunities.list account_id": "dealAccount",
  "opportunities.search owner_id": "dealOwner",
  "opportunities.list owner_id": "dealOwner",
  "opportunities.search opportunity_stage_ids": "dealStage",
  "opportunities.list opportunity_stage_ids": "dealStage",
  "opportunityPipelines.* id": "pipeline",
  opportunity_contact_role_type_id: "roleType",
  opportunity_stage_id: "dealStage",
  opportunity_id: "deal",
  contact_id: "contact",
  "tasks.* id": "task",
  "tasks.search user_id": "taskUser",
  "tasks.search user_ids": "taskUser",
  "tasks.search contact_id": "taskContact",
  "tasks.search contact_ids": "taskContact",
  "tasks.search account_id": "taskAccount",
  "tasks.search account_ids": "taskAccount",
  "tasks.search opportunity_id": "taskDeal",
  "tasks.search opportunity_ids": "taskDeal",
  "tasks.bulkSkip ids": "task",
  "tasks.bulkComplete ids": "task",
  "tasks.bulkReopen ids": "task",
  "tasks.bulkUpdate ids": "task",
  "tasks.search emailer_campaign_ids": "taskSequence",
  "incomingMails.list emailer_campaign_ids": "incomingSequence",
  "incomingMails.list user_id": "incomingUser",
  "opportunities.search owner_ids": "dealOwner",
  "opportunities.list owner_ids": "dealOwner",
  "opportunities.totals owner_ids": "dealOwner",
  "opportunities.totals opportunity_stage_id": "dealStage",
  "opportunities.totals opportunity_stage_ids": "dealStage",
  "opportunities.bulkUpdate opportunity_attributes.0.id": "deal",
  "opportunities.totals account_id": "dealAccount",
  "opportunities.totals owner_id": "dealOwner",
  "search.records opened_ids": "contact",
  "reports.reached emailer_step_id": "reachedStep",
  "today.counts user_id": "todayUser",
  "today.show user_id": "todayUser",
  "today.news user_id": "newsUser",
  "today.newsRows user_id": "newsUser",
  "goals.list user_id": "goalUser",
  "goals.* id": "goal",
  creator_id: "user",
  "phoneCalls.* id": "call",
  "phoneCalls.search user_id": "callUser",
  "phoneCalls.search user_ids": "callUser",
  "phoneCalls.search contact_id": "callContact",
  "phoneCalls.search contact_ids": "callContact",
  "phoneCalls.search account_id": "callAccount",
  "phoneCalls.search account_ids": "callAccount",
  "phoneCalls.search contact_label_ids": "callLabel",
  "phoneCalls.search phone_call_outcome_ids": "callOutcome",
  "phoneCalls.search phone_call_purpose_ids": "callPurpose",
  phone_call_outcome_id: "callOutcome",
  phone_call_purpose_id: "callPurpose",
  outreach_task_id: "task",
  "conversations.* id": "conversation",
  "conversations.exportStatus id": "conversationExport",
  "conversations.downloadExport id": "conversationExport",
  "conversations.search account_id": "talkedAccount",
  "conversations.search contact_ids": "talkedContact",
  "conversations.search organization_ids": "talkedCompany",
  "conversations.search user_ids": "talkedUser",
  "conversations.search opportunity_id": "talkedDeal",
  conversation_id: "conversation",
  conversation_ids: "conversation",
  host_id: "user",
  tag_ids: "conversationTag",
  "notes.* id": "note",
  "notes.see id": "mentioningNote",
  mentioned_user_ids: "user",
  "notes.list contact_id": "noteContact",
  "notes.list contact_ids": "noteContact",
  "notes.list account_id": "noteAccount",
  "notes.list opportunity_id": "noteDeal",
  "notes.search contact_id": "noteContact",
  "notes.search contact_ids": "noteContact",
  "notes.search account_id": "noteAccount",
  "notes.search account_ids": "noteAccount",
  "notes.search opportunity_id": "noteDeal",
  "notes.search opportunity_ids": "noteDeal",
  "activities.search contact_id": "noteContact",
  "activities.search contact_ids": "noteContact",
  "activities.search account_id": "noteAccount",
  "activities.search account_ids": "noteAccount",
  opportunity_ids: "deal",
};

/**
 * Companies and people outside any team have ids that belong to no team, so a stranger's id does not exist there.
 * Others only narrow an answer, or are looked up by the engine: automation/workflows/triggers.test.ts runs a workflow
 * with a stranger.
 */
const OF_NOBODY = new Set(["organization_id", "person_id", "visible_entity_ids", "entity_ids"]);

type Filling = Record<string, unknown> | ((team: Team) => Promise<Record<string, unknown>>);

/** A mailbox that can be read. */
const attached = openImapMailbox();
after(async () => (await attached).close());

async function keptReport(team: Team) {
  const filter = { metrics: [{ value: "num_emails_sent" }] };
  const wish = { subject: "reports" as const, name: `made${++unique}`, filter, shared: true };
  return (await team.api.views.create(wish)).view.id;
}

async function somebody(team: Team) {
  unique += 1;
  const { account } = await team.api.accounts.create({ name: `made${unique}` });
  const wish = { first_name: "made", account_id: account.id, label_names: [`made${unique}`] };
  return (await team.api.contacts.create(wish)).contact;
}

async function aProspect(team: Team) {
  return { person_ids: [await FACTORIES.prospect(team)] };
}

const OWN_FIELD_SIGNAL = { field: "contact_field", operator: "is_known", weight: 1 };

/** What else a call needs before it looks at the id: for the call, or for one of its parameters. */
async function inTheDeal(team: Team) {
  return { opportunity_contact_roles: [{ contact_id: await FACTORIES.contact(team) }] };
}

async function ofADeal(team: Team) {
  return { opportunity_id: await FACTORIES.deal(team) };
}

async function someDeals(team: Team) {
  return { opportunity_ids: [await FACTORIES.deal(team)] };
}

async function eachDeal(team: Team) {
  return { opportunity_attributes: [{ id: await FACTORIES.deal(team) }] };
}

async function ofAContactInADeal(team: Team) {
  return { ...(await ofADeal(team)), roles: [{ contact_id: await FACTORIES.contact(team) }] };
}

const FILLING: Record<string, Filling> = {
  "incomingMails.attachment": { position: 0 },
  "placementTests.start email_account_id": async (team) => {
    await FACTORIES.seed(team);
    return { subject: "Hi", body_html: "<p>Hi</p>" };
  },
  "placementTests.start emailer_touch_id": async (team) => {
    await FACTORIES.seed(team);
    return { email_account_id: await FACTORIES.mailbox(team) };
  },
  "placementTests.start seed_ids": async (team) => ({
    email_account_id: await FACTORIES.mailbox(team),
    subject: "Hi",
    body_html: "<p>Hi</p>",
  }),
  "opportunities.create opportunity_contact_roles.0.opportunity_contact_role_type_id": inTheDeal,
  "opportunities.update opportunity_contact_roles.0.opportunity_contact_role_type_id": inTheDeal,
  "opportunities.create opportunity_contact_roles.0.role.0.opportunity_contact_role_type_id": inTheDeal,
  "opportunities.update opportunity_contact_roles.0.role.0.opportunity_contact_role_type_id": inTheDeal,
  "opportunities.bulkUpdate opportunity_stage_id": someDeals,
  "opportunities.bulkUpdate owner_id": someDeals,
  "opportunities.bulkUpdate opportunity_attributes.0.opportunity_stage_id": eachDeal,
  "opportunities.bulkUpdate opportunity_attributes.0.owner_id": eachDeal,
  "opportunities.updateRoles opportunity_id": { roles: [] },
  "opportunities.updateRoles roles.0.contact_id": ofADeal,
  "opportunities.updateRoles roles.0.contact.id": ofADeal,
  "opportunities.updateRoles roles.0.opportunity_contact_role_type_id": ofAContactInADeal,
  "opportunities.updateRoles roles.0.role.0.opportunity_contact_role_type_id": ofAContactInADeal,
  "enrollments.removeOrStop emailer_campaign_id": { emailer_campaign_ids: undefined },
  "emailAccounts.startSignIn": async ({ api }: Team) => {
    await api.signInClients.save({ provider: "google", client_id: "app", client_secret: "planted" });
    return { provider: "google" };
  },
  "incomingMails.overrule": { kind: "reply" },
  "incomingMails.bulkOverrule": { kind: "auto_reply" },
  "incomingMails.bulkSnooze": async () => ({ until: Temporal.Now.instant().add({ hours: 1 }).toString() }),
  "incomingMails.bulkAssign incoming_mail_ids": { user_id: null },
  "incomingMails.bulkAssign user_id": async (team: Team) => ({
    incoming_mail_ids: [await FACTORIES.incoming(team)],
  }),
  "labels.update": { name: "Taken over" },
  "forecasts.create": { days: 1, seed: 1 },
  "trialRuns.start": async (team: Team) => {
    await plantTrialRun(team); // stops what the last call began
    return { id: await FACTORIES.sequence(team), days: 1 };
  },
  "trialRuns.start contact_ids": async (team: Team) => ({
    send_email_from_email_account_id: [await FACTORIES.mailbox(team)],
  }),
  "trialRuns.start send_email_from_email_account_id": async (team: Team) => ({
    contact_ids: [await FACTORIES.contact(team)],
  }),
  "trialRuns.emails contact_id": async (team: Team) => ({
    id: triedRuns.get(team.id) ?? (await FACTORIES.trialRun(team)),
  }),
  "contacts.asOf": async () => ({ at: Temporal.Now.instant().toString() }),
  "enrollments.asOf": async () => ({ at: Temporal.Now.instant().toString() }),
  "emailAccounts.asOf": async () => ({ at: Temporal.Now.instant().toString() }),
  "forecasts.create what_if.add_contacts.emailer_campaign_id": { what_if: { add_contacts: { count: 1 } } },
  "forecasts.create what_if.add_contacts.0.emailer_campaign_id": {
    what_if: { add_contacts: [{ count: 1 }] },
  },
  "reportSchedules.create": async (team: Team) => ({
    view_id: await keptReport(team),
    every: "day",
    time: "08:00",
    email_account_id: await FACTORIES.mailbox(team),
  }),
  "reportSchedules.create webhook_subscription_id": { email_account_id: undefined },
  "today.newsRows": { kind: "replies" },
  "goals.save": GOAL,
  "reports.behind": { metric: "num_emails_sent" },
  "reports.behind filters.opportunity_stage_ids.0": { metric: "num_opportunities_created" },
  "reports.sync": { metrics: [{ value: "num_emails_sent" }, { value: "num_opportunities_created" }] },
  "enrichmentProviders.test": { domain: "kraft.no" },
  "credits.allow": { kind: "lead_credit", limit: 5 },
  "prospecting.addToContacts contact_stage_id": aProspect,
  "prospecting.addToContacts owner_id": aProspect,
  "contacts.create id": { run_dedupe: true },
  "contacts.bulkCreate owner_id": { contacts: [{ first_name: "x" }] },
  "contacts.bulkCreate contacts": { run_dedupe: true },
  "contacts.bulkCreate contact_attributes": { run_dedupe: true },
  "contacts.bulkCreate contacts_with_labels": { run_dedupe: true },
  "accounts.create": { name: "x" },
  "accounts.bulkCreate accounts": { accounts: [{ name: "x" }] },
  "accounts.bulkCreate accounts_with_labels": { accounts_with_labels: [{ name: "x" }] },
  "accounts.bulkUpdate account_ids": { name: "x" },
  "subteams.create": { name: "x" },
  "apiKeys.create": { name: "x", master: true },
  "apiKeys.update": { master: true },
  "users.update": { title: "Taken over" },
  "webhookSubscriptions.replay": { since: "2020-01-01" },
  "workflows.explain id": async (team) => ({ entity_id: await FACTORIES.contact(team) }),
  "workflowRuns.candidates entity_id": async (team) => ({ id: (await takenIn(team)).run }),
  "workflowTrials.tryOut id": async (team) => ({ entity_id: await FACTORIES.contact(team) }),
  "workflowTrials.tryOut entity_id": { trigger: { type: "webhook" } },
  "rehearsals.sendTest": async (team) => ({
    subject: "x",
    body_html: "<p>x</p>",
    email_account_id: await FACTORIES.mailbox(team),
  }),
  "steps.create": { type: "call" },
  "views.update": { name: "Taken over" },
  "copilots.create": newCopilotWish,
  "copilots.update": { name: "Taken over" },
  "copilots.edit": async (team) => ({ email_account_id: await FACTORIES.mailbox(team) }),
  "copilots.decideOpener": { decision: "accept", text: "You run the plant." },
  "incomingMails.decideSuggestion": { decision: "drop" },
  "copilots.approve id": async (team) => ({ proposal_ids: [await FACTORIES.proposal(team)] }),
  "copilots.reject id": async (team) => ({ proposal_ids: [await FACTORIES.proposal(team)] }),
  "scoreFormula.replace signals.0.custom_field_id": { signals: [OWN_FIELD_SIGNAL] },
  "scoreFormula.preview signals.0.custom_field_id": { signals: [OWN_FIELD_SIGNAL] },
  "scoreFormula.preview contact_ids.0": { signals: [] },
  "folders.create": { kind: "sequences", name: "x" },
  "rulesets.create": { name: "x" },
  "sequences.importFiles": {
    files: [
      {
        path: "sequences/made/sequence.yaml",
        text: "key: made\nname: Made\nsteps:\n  - type: auto_email\n    variants:\n      - html: <p>Hi</p>\n",
      },
    ],
  },
  "sequences.start emailer_steps": {
    emailer_steps: [{ type: "auto_email", wait_time: 0, wait_mode: "day" }],
  },
  "sequences.create emailer_steps": {
    emailer_steps: [{ type: "auto_email", wait_time: 0, wait_mode: "day" }],
  },
  "tasks.create": async (team) => ({
    type: "call",
    user_id: team.owner.id,
    contact_id: await insertContact(world, team),
  }),
  "tasks.bulkUpdate": async (team) => ({ ids: [(await made.task(team)).id] }),
  "tasks.bulkCreate": async (team) => ({
    contact_ids: [await insertContact(world, team)],
    account_id: await insertAccount(world, team),
  }),
  "emailAccounts.create": {
    email: "x@example.no",
    smtp: { host: "mail.example.com", port: 465 },
    test: false,
  },
  "emailAccounts.update": { display_name: "Taken over" },
  "emailerMessages.create": async (team) => ({ contact_id: await FACTORIES.contact(team) }),
  "emailerMessages.update": { subject: "Taken over" },
  "emailerMessages.bulkSchedule emailer_messages": { emailer_messages: [{ due_at: "2100-01-01" }] },
  "emailerMessages.resolve": { as: "sent" },
  "opportunities.create": { name: "x" },
  "notes.create": { content: "x" },
  "notes.create mentioned_user_ids": ofADeal,
  "conversations.create": { start_time: "2026-02-03" },
  ...Object.fromEntries(
    ["pause", "resume", "retry", "restart", "finish", "remove", "move"].flatMap((verb) => [
      [`enrollments.${verb}`, inEnrolled(verb === "move")],
      [`enrollments.${verb} id`, namingEnrolled],
      [`enrollments.${verb} send_email_from_email_account_id`, namingEnrolled],
    ]),
  ),
  "enrollments.changeStatuses": async (team) => ({ ...(await namingEnrolled(team)), status: "finished" }),
  "enrollments.manageEverywhere": async () => ({ action: "remove" }),
  "enrollments.updateMailbox": async (team) => {
    const { sequence, enrollment } = await enrolled(team);
    const send_email_from_email_account_id = await FACTORIES.mailbox(team);
    return { id: sequence, emailer_campaign_contact_ids: [enrollment], send_email_from_email_account_id };
  },
  "enrollments.removeOrStop": async (team) => {
    const { sequence, contact } = await enrolled(team);
    return { emailer_campaign_ids: [sequence], contact_ids: [contact], mode: "stop" };
  },
  "enrollments.removeContacts emailer_campaign_id": namingEnrolled,
  "enrollments.removeContacts emailer_campaign_ids": namingEnrolled,
  "enrollments.removeContacts contact_ids": async (team) => ({
    emailer_campaign_id: (await enrolled(team)).sequence,
  }),
  "joining.addContacts": (team) => joinable(team),
  "joining.addContacts promise_id": joinableInFixed,
  "promises.create": (team) => joinable(team),
  "promises.create contact_filter": { contact_ids: [] },
  "promises.create emailer_campaign_id": joinableInFixed,
  "promises.create email_account_id": joinableElsewhere,
  "promises.show request_id": inFixed,
  "imports.create": { text: "Email,Name\nx@imported.example,x\n" },
  "imports.create account_stage_id": { kind: "accounts" },
  "imports.create add_to_sequence": joinableByFile,
  "imports.create add_to_sequence.promise_id": async (team) => {
    const { contact_ids: _, ...add_to_sequence } = await joinableInFixed(team);
    return { add_to_sequence };
  },
  "imports.promise": async (team) => ({
    ...(await joinableByFile(team)),
    text: "Email,Name\nx@promised.example,x\n",
  }),
  "imports.promise add_to_sequence.email_account_id.0": async (team) => ({
    text: "Email,Name\nx@promised.example,x\n",
    add_to_sequence: { id: (await joinable(team)).id, send_email_from_email_account_id: undefined },
  }),
  "imports.create add_to_sequence.email_account_id.0": async (team) => ({
    add_to_sequence: { id: (await joinable(team)).id, send_email_from_email_account_id: undefined },
  }),
  // Contacts named here would join the first time only, so none are named.
  "joining.addContacts contact_filter": { contact_ids: [] },
  "sequences.activity contact_id": inFixed,
  "sequences.activity user_id": inFixed,
  "joining.checkDeployability contact_ids": async (team) => ({
    emailer_campaign_id: (await joinable(team)).id,
  }),
  "joining.checkDeployability emailer_campaign_id": async (team) => ({
    contact_ids: (await joinable(team)).contact_ids,
  }),
  "joining.verdicts request_id": async (team) => (team.id === ours.id ? { id: fixed.sequence } : {}),
  "joining.verdicts contact_id": async (team) => (team.id === ours.id ? { id: fixed.sequence } : {}),
  "joining.addContacts emailer_campaign_id": joinableInFixed,
  "joining.addContacts email_account_id": joinableElsewhere,
};

async function joinableByFile(team: Team) {
  const { contact_ids: _, ...add_to_sequence } = await joinable(team);
  return { add_to_sequence };
}

async function joinableInFixed(team: Team) {
  return { ...(await joinable(team)), ...(team.id === ours.id && { id: fixed.sequence }) };
}

async function joinableElsewhere(team: Team) {
  const { send_email_from_email_account_id: _, ...wish } = await joinable(team);
  return { ...wish, send_email_from_email_account_id: undefined };
}

async function inFixed(team: Team) {
  return team.id === ours.id ? { id: fixed.sequence } : {};
}

async function namingEnrolled(team: Team) {
  const { sequence, contact } = await enrolled(team);
  return { id: sequence, contact_ids: [contact] };
}

function inEnrolled(needsMailbox: boolean) {
  return async (team: Team) => ({
    id: (await enrolled(team)).sequence,
    ...(needsMailbox && { send_email_from_email_account_id: await FACTORIES.mailbox(team) }),
  });
}

const NEVER = "64f0aa0000000000000000ff";
let unique = 0;
let ours: Team;
let theirs: Team;
let browser: { cookie: string };
let browserOfOurs: { cookie: string };
let choiceOfOurs = "";
let post: Peer;
let watch: Watch;
const fixed = { step: "", touch: "", contact: "", sequence: "", request: "", joined: "", branch: "" };

// Without an engine, so that nothing moves but what is called.
const world = useWorld({ role: "api", mailAllow: LOOPBACK, catcher: true }, async (opened) => {
  post = await openSmtp({ disabledCommands: ["AUTH", "STARTTLS"] });
  ours = await opened.newTeam("Ours");
  theirs = await opened.newTeam("Theirs");
  await fillFromOurs();
  browser = await opened.signIn(theirs.owner.email, theirs.owner.password);
  browserOfOurs = await opened.signIn(ours.owner.email, ours.owner.password);
  watch = await watchWrites(opened, ours.id);
});
after(async () => {
  await watch.close();
  post.close();
});

/** What a call needs that has to be there: of our own team, whose calls must succeed. */
async function fillFromOurs() {
  const field = await ours.api.customFields.create({
    label: "Choices",
    modality: "account",
    type: "picklist",
    meta: { picklist_values: [{ name: "One" }, { name: "Two" }] },
  });
  const [{ id = "", picklist_values: [choice] = [] } = {}] = field.typed_custom_fields;
  choiceOfOurs = choice?.id ?? "";
  const account = await FACTORIES.account(ours);
  const contact = await FACTORIES.contact(ours);
  Object.assign(FILLING, {
    "customFields.update": { fields: [{ id, meta: { picklist_values: [{ name: "Three" }] } }] },
    "accounts.bulkUpdate owner_id": { account_ids: [account] },
    "accounts.bulkUpdate account_stage_id": { account_ids: [account] },
    "accounts.bulkUpdate account_attributes": { account_attributes: [{ id: account }] },
    "accounts.bulkUpdate accounts": { accounts: [{ id: account }] },
    "accounts.updateOwners account_ids": { owner_id: ours.owner.id },
    "accounts.updateOwners owner_id": { account_ids: [account] },
    "contacts.updateStages contact_ids": { contact_stage_id: await FACTORIES.contactStage(ours) },
    "contacts.updateStages contact_stage_id": { contact_ids: [contact] },
    "contacts.updateOwners contact_ids": { owner_id: ours.owner.id },
    "contacts.updateOwners owner_id": { contact_ids: [contact] },
    "contacts.merge winner_id": { loser_ids: [contact] },
    "contacts.merge loser_ids": { winner_id: contact },
    "contacts.bulkUpdate contact_ids": { title: "Taken over" },
    "contacts.bulkUpdate contact_attributes": { contact_attributes: [{ id: contact }] },
    "contacts.bulkUpdate contacts": { contacts: [{ id: contact }] },
    "contacts.bulkUpdate owner_id": { contact_ids: [contact] },
    "contacts.bulkUpdate account_id": { contact_ids: [contact] },
    "contacts.bulkUpdate contact_stage_id": { contact_ids: [contact] },
    "accounts.merge winner_id": { loser_ids: [account] },
    "accounts.merge loser_ids": { winner_id: account },
  });
  const sequence = await makeSequence(ours);
  const { step, touch } = sequence;
  const wish = { ...(await joinable(ours)), id: sequence.id };
  const { promise } = await ours.api.promises.create(wish);
  const { request_id: request } = await ours.api.joining.addContacts({ ...wish, promise_id: promise.id });
  const joined = wish.contact_ids[0];
  const branch = await branchBehind(ours, sequence);
  Object.assign(fixed, { step, touch, contact, sequence: sequence.id, request, joined, branch });
  const mailStep = { type: "auto_email", wait_time: 0, wait_mode: "day" };
  Object.assign(FILLING, {
    "sequences.update emailer_steps.0.id": { id: sequence.id },
    "sequences.update emailer_steps.0.emailer_touches.0.id": {
      id: sequence.id,
      emailer_steps: [{ id: step }],
    },
    "sequences.update emailer_steps.0.emailer_touches.0.emailer_template.id": { emailer_steps: [mailStep] },
    "sequences.update sharing_permission.updated_sharing_accesses.0.user_or_team_id": {
      sharing_permission: { updated_sharing_accesses: [{ access_type: "can_edit" }] },
    },
    "sequences.change sharing_permission.updated_sharing_accesses.0.user_or_team_id": {
      sharing_permission: { updated_sharing_accesses: [{ access_type: "can_edit" }] },
    },
    "sequences.activityFeed sequence_id": { contact_id: fixed.contact },
    ...Object.fromEntries(
      ["rehearsals.mail", "rehearsals.mails", "rehearsals.sendTest", "reports.reached"].map((call) => [
        `${call} emailer_step_id`,
        async (team: Team) => ({ id: team.id === ours.id ? sequence.id : (await makeSequence(team)).id }),
      ]),
    ),
    "steps.create branch_step_id": async (team: Team) => ({ emailer_campaign_id: (await branched(team)).id }),
    "steps.create condition.rules.0.step_id": async (team: Team) => ({
      ...ASKING,
      emailer_campaign_id: (await branched(team)).id,
    }),
    "steps.update branch_step_id": async (team: Team) => ({ id: (await laterStep(team)).later }),
    "steps.update condition.rules.0.step_id": async (team: Team) => ({
      id: (await branched(team)).branch,
      condition: ASKING.condition,
    }),
    "sequences.update emailer_steps.0.branch_step_id": async (team: Team) => {
      const { id, step: first, branch: parting } = await branched(team);
      return {
        id,
        emailer_steps: [
          { ...CALL, position: 3 },
          { id: first, position: 1 },
          { id: parting, position: 2 },
        ],
      };
    },
    "sequences.update emailer_steps.0.condition.rules.0.step_id": async (team: Team) => {
      const { id, step: first } = await branched(team);
      const onPath = { ...CALL, position: 3, branch_position: 2, branch_path: "yes" };
      return { id, emailer_steps: [{ ...ASKING, position: 2 }, { id: first, position: 1 }, onPath] };
    },
    "touches.create attachment_ids": { emailer_step_id: step },
    "touches.create goes_with_touch_id": async (team: Team) => ({
      emailer_step_id: (await laterStep(team)).later,
    }),
    "touches.update goes_with_touch_id": async (team: Team) => ({ id: (await laterStep(team)).touch }),
    "sequences.update emailer_steps.0.emailer_touches.0.goes_with_touch_id": async (team: Team) => {
      const { id, step: first, later, touch: mail } = await laterStep(team);
      const steps = [
        { id: later, position: 2, emailer_touches: [{ id: mail }] },
        { id: first, position: 1 },
      ];
      return { id, emailer_steps: steps };
    },
    "sequences.update emailer_steps.0.emailer_touches.0.attachment_ids.0": { emailer_steps: [mailStep] },
    "touches.create emailer_template.id": { emailer_step_id: step },
    "touches.create emailer_template": { emailer_step_id: step },
  });
  for (const [asked, filling] of Object.entries(FILLING))
    if (asked.startsWith("sequences.update emailer_steps"))
      FILLING[asked.replace("update", "change")] = filling;
}

const CALL = { type: "call", wait_time: 0, wait_mode: "day" };
const ASKING = { ...CALL, type: "branch", condition: { rules: [{ type: "email_opened" }] } };

/** A branch that asks about the email before it. */
async function branchBehind({ api }: Team, { id, step }: { id: string; step: string }) {
  const condition = { rules: [{ type: "email_opened" as const, step_id: step }] };
  const wish = { emailer_campaign_id: id, type: "branch" as const, condition };
  return (await api.steps.create(wish)).emailer_step.id;
}

/** Ours with its branch, or one of theirs with one. */
async function branched(team: Team) {
  if (team.id === ours.id) return { id: fixed.sequence, step: fixed.step, branch: fixed.branch };
  const made = await makeSequence(team);
  return { id: made.id, step: made.step, branch: await branchBehind(team, made) };
}

/** Behind the mail that is ours, or behind one of theirs. */
async function laterStep(team: Team) {
  const { id, step } =
    team.id === ours.id ? { id: fixed.sequence, step: fixed.step } : await makeSequence(team);
  const wish = { emailer_campaign_id: id, type: "auto_email" as const };
  const { emailer_step, emailer_touch } = await team.api.steps.create(wish);
  return { id, step, later: emailer_step.id, touch: emailer_touch?.id ?? "" };
}

/** What is placed stands inside what fills, also within the first entry of a list. */
function together(filling: unknown, placing: unknown): unknown {
  if (Array.isArray(filling) && Array.isArray(placing))
    return [together(filling[0], placing[0]), ...filling.slice(1)];
  if (!isRecord(filling) || !isRecord(placing)) return placing === undefined ? filling : placing;
  const keys = new Set([...Object.keys(filling), ...Object.keys(placing)]);
  return Object.fromEntries([...keys].map((key) => [key, together(filling[key], placing[key])]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

type Json = {
  type?: string;
  pattern?: string;
  properties?: Record<string, Json>;
  items?: Json;
  anyOf?: Json[];
  additionalProperties?: Json | boolean;
};

/** Every place in a call's parameters where an id may stand, as a path: `user_id`, `rows.0.contact_id`. */
function idPaths(schema: Json, path: string[] = []): string[][] {
  if (schema.pattern?.includes("[0-9a-f]{24}")) return [path];
  const inner = Object.entries(schema.properties ?? {}).flatMap(([key, value]) =>
    idPaths(value, [...path, key]),
  );
  const elements = schema.items ? idPaths(schema.items, [...path, "0"]) : [];
  const values =
    typeof schema.additionalProperties === "object"
      ? idPaths(schema.additionalProperties, [...path, "x"])
      : [];
  return [
    ...inner,
    ...elements,
    ...values,
    ...(schema.anyOf ?? []).flatMap((option) => idPaths(option, path)),
  ];
}

function nounOf({ name }: Entry, path: string[]) {
  const parameter = path.filter((step) => step !== "0").at(-1) ?? "";
  const noun =
    NOUNS[`${name} ${path.join(".")}`] ??
    NOUNS[`${name.split(".")[0]}.* ${path.join(".")}`] ??
    NOUNS[`${name} ${parameter}`] ??
    NOUNS[`${name.split(".")[0]}.* ${parameter}`] ??
    NOUNS[parameter];
  assert.ok(
    noun,
    `isolation.test.ts: say in NOUNS what \`${parameter}\` of ${name} names, and in FACTORIES how one is made`,
  );
  return noun;
}

function placed(path: string[], id: string): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return id;
  return step === "0" ? [placed(rest, id)] : { [step]: placed(rest, id) };
}

/** The trial run that has emailed the contact made last, by team. */
const triedRuns = new Map<string, string>();

/** Names in a path that name no record. */
const OF_NO_RECORD = new Set(["position"]);

/** What the call is about and needs, in the caller's own team, where the id in question is another one. */
async function subjectOf(entry: Entry, path: string[], team: Team) {
  const made: Record<string, unknown> = {};
  for (const name of pathParameters(entry.endpoint.path))
    if (name !== path[0] && !OF_NO_RECORD.has(name))
      made[name] = await FACTORIES[nounOf(entry, [name])](team);
  for (const name of [entry.name, `${entry.name} ${path[0]}`, `${entry.name} ${path.join(".")}`]) {
    const filling = FILLING[name];
    Object.assign(made, typeof filling === "function" ? await filling(team) : filling);
  }
  return made;
}

type Caller = { key?: string; cookie?: string };

async function ask(
  endpoint: Endpoint,
  method: string,
  input: Record<string, unknown>,
  caller: Caller,
  isDryRun = false,
) {
  const rest = { ...input };
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest[name] ?? NEVER);
    delete rest[name];
    return value;
  });
  const isBody = method !== "GET" && method !== "DELETE";
  const query = new URLSearchParams(
    Object.entries(rest).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  return call(`${world.url}/api/v1${path}${isBody ? "" : `?${query}`}`, {
    method,
    ...(isBody && { body: JSON.stringify(rest) }),
    headers: {
      "content-type": "application/json",
      ...(isDryRun && { "dry-run": "true" }),
      ...(caller.cookie ? { cookie: caller.cookie, origin: world.url } : { "x-api-key": caller.key ?? "" }),
    },
  });
}

/** Everything a team has, as one text per table. */
function everythingOf(team: Team) {
  return asOwner(world, async (client) => {
    const tables = await client.query<{ name: string }>(
      "select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'team_id' and not a.attisdropped join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname = 'public' and c.relname <> 'api_usage' order by 1",
    );
    const rows: Record<string, string> = {};
    for (const { name } of tables.rows) {
      const found = await client.query<{ row: string }>(
        `select (to_jsonb(t) - 'last_used_at')::text as row from ${name} t where team_id = $1 order by 1`,
        [team.id],
      );
      rows[name] = found.rows.map(({ row }) => row).join("\n");
    }
    return rows;
  });
}

const cells = endpoints
  .filter(({ endpoint }) => !endpoint.inSandbox) // sandbox.test.ts has them
  .flatMap((entry) =>
    idPaths(z.toJSONSchema(entry.endpoint.input, { io: "input" }) as Json)
      .filter((path) => !OF_NOBODY.has(path.filter((step) => step !== "0").at(-1) ?? ""))
      .flatMap((path) =>
        [entry.endpoint.method, ...(entry.endpoint.also ?? [])].map((method) => ({ entry, path, method })),
      ),
  );

/** Without what tells two new records apart that were made alike. */
function plain(text: string) {
  return text.replace(
    /"(?:id|etag|request_id|created_at|updated_at|undo_until|until|result_url|existing_contact_id)":"[^"]*"/g,
    "",
  );
}

for (const { entry, path, method } of cells) {
  test(`${method} ${entry.name} answers another team's ${path.join(".")} like one that never was`, async () => {
    const { endpoint, name } = entry;
    const foreign = await FACTORIES[nounOf(entry, path)](ours);
    const [here, there] = [await subjectOf(entry, path, ours), await subjectOf(entry, path, theirs)];
    const input = (id: string, subject: Record<string, unknown>) =>
      together(subject, placed(path, id)) as Record<string, unknown>;
    await watch.written(); // the things made for this cell
    for (const caller of [{ key: theirs.key }, { cookie: browser.cookie }]) {
      const never = await ask(endpoint, method, input(NEVER, there), caller);
      const stranger = await ask(endpoint, method, input(foreign, there), caller);
      assert.doesNotMatch(
        never.text,
        /parameter_missing|parameter_invalid|not_a_valid_id/,
        `${name} needs more in FILLING`,
      );
      assert.equal(stranger.status, never.status);
      assert.equal(plain(stranger.text.replaceAll(foreign, NEVER)), plain(never.text));
    }
    assert.deepEqual(await watch.written(), []);

    const self = endpoint.access === "person" ? { cookie: browserOfOurs.cookie } : { key: ours.key };
    const isDryRun = endpoint.effect === "read" || offersDryRun(endpoint);
    const own = await ask(endpoint, method, input(foreign, here), self, isDryRun);
    const nobody = await ask(endpoint, method, input(NEVER, here), self, isDryRun);
    assert.equal(own.status, 200, `with its own id the call works, or this cell shows nothing: ${own.text}`);
    assert.notEqual(own.text.replaceAll(foreign, NEVER), nobody.text, "and tells it from one that never was");
  });
}

test("what is written of ours is seen", async () => {
  await watch.written();
  const { label } = await ours.api.labels.create({ name: `made${++unique}`, modality: "accounts" });
  await ours.api.labels.update({ id: label.id, name: `made${++unique}` });
  await ours.api.labels.delete({ id: label.id });
  await theirs.api.labels.create({ name: "made", modality: "accounts" });
  const written = (await watch.written()).filter((said) => said.startsWith("labels "));
  assert.deepEqual(written, ["labels insert", "labels update", "labels delete"]);
});

test("there are cells to look at, and every factory is used", () => {
  assert.ok(cells.length >= 10);
  assert.deepEqual(
    new Set(cells.map(({ entry, path }) => nounOf(entry, path))),
    new Set(Object.keys(FACTORIES)),
  );
});

test("neighbours of a known id are as unknown as any other", async () => {
  const known = await FACTORIES.apiKey(ours);
  const answers = new Set<string>();
  for (let step = 1; step <= 200; step++) {
    const neighbour = (BigInt(`0x${known}`) + BigInt(step)).toString(16).padStart(24, "0");
    const answer = await call(`${world.url}/api/v1/api_keys/${neighbour}`, {
      method: "DELETE",
      key: theirs.key,
    });
    answers.add(`${answer.status} ${answer.text}`);
  }
  assert.deepEqual([...answers], ['404 {"error":"Record not found.","code":"record_not_found"}']);
});

/** An id that is not the caller's comes back to them as they sent it. */
function withoutParams(text: string) {
  return JSON.stringify(JSON.parse(text), (key, value) => (key === "params" ? undefined : value));
}

test("what a team lists is its own", async () => {
  const [mine, foreign] = [
    JSON.stringify(await everythingOf(theirs)),
    JSON.stringify(await everythingOf(ours)),
  ];
  assert.ok(mine.includes(theirs.id) && !mine.includes(ours.id) && foreign.includes(ours.id));
  for (const { endpoint, name } of endpoints.filter(
    ({ endpoint: { effect, access } }) => effect === "read" && access !== "open",
  )) {
    const answer = await ask(endpoint, endpoint.method, {}, { key: theirs.key });
    const text = name === "progress.list" ? withoutParams(answer.text) : answer.text;
    for (const secret of [ours.id, ours.owner.id, ours.owner.email, "Ours"])
      assert.ok(!text.includes(secret), `${name} shows ${secret}`);
  }
});
