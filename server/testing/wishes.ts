// How each call that writes is made so that it succeeds: for the tests that try every write there is. A new
// call joins them by a line here, and fails them until it has one.

import { generateKeyPairSync } from "node:crypto";
import { makeCaught } from "./caught.ts";
import { newCopilot, newCopilotWish, plantProposal } from "./copiloted.ts";
import { granting, newProof } from "./granting.ts";
import { plantImport } from "./imported.ts";
import { plantIncoming } from "./incoming.ts";
import { managedWishes } from "./managed-wishes.ts";
import { messageWishes } from "./message-wishes.ts";
import { plantCompanies, plantNews, plantPeople } from "./people.ts";
import type { Peer } from "./post-office.ts";
import { make as makeSequenceFor, sequenceWishes } from "./sequence-wishes.ts";
import { plantTaken } from "./taken.ts";
import { waitingWork } from "./waiting-work.ts";
import { asOwner } from "./wire.ts";
import { BOOTSTRAP_KEY, type Team, type World } from "./world.ts";

/** The call's input, with what it needs made first, and who makes it if not the team's key. */
export type Wish = { input: Record<string, unknown>; by?: { key?: string; cookie?: string } };

/** Nobody is there, and nobody need be. */
const PROVIDER = {
  kind: "apollo",
  base_url: "https://api.example.invalid",
  provider_key: "k",
  retries: 0,
} as const;

const RECEIVER = "https://hooks.example.invalid/";

let made = 0;
const fresh = () => `made ${++made}`;

export function wishesOf(world: World, team: Team, post: Peer): Record<string, () => Promise<Wish>> {
  const make = makersFor(team, post);
  const wishes: Record<string, () => Promise<Wish>> = {
    "users.invite": async () => ({ input: { email: "dry@example.no", role: "admin" } }),
    "users.update": async () => ({ input: { id: await make.person(), title: "Changed" } }),
    "credits.allow": async () => ({ input: { kind: "lead_credit", limit: 1_000_000 } }),
    "copilots.create": async () => ({ input: await newCopilotWish(team) }),
    "copilots.update": async () => ({ input: { id: await newCopilot(team), per_day: 3 } }),
    "copilots.delete": async () => ({ input: { id: await newCopilot(team) } }),
    "copilots.propose": async () => ({ input: { id: await newCopilot(team) } }),
    "copilots.edit": async () => {
      const id = await newCopilot(team);
      const proposal_id = await plantProposal(world, team, id);
      return { input: { id, proposal_id, email_account_id: await make.mailbox() } };
    },
    "copilots.approve": async () => {
      const id = await newCopilot(team);
      return { input: { id, proposal_ids: [await plantProposal(world, team, id)] } };
    },
    "copilots.reject": async () => {
      const id = await newCopilot(team);
      return { input: { id, proposal_ids: [await plantProposal(world, team, id)] } };
    },
    "scoreFormula.replace": async () => ({
      input: { signals: [{ field: "phone", operator: "is_known", weight: 10 }] },
    }),
    "scoreFormula.reset": async () => ({ input: {} }),
    "emailVerifications.start": async () => ({ input: { contact_ids: [await make.contact()] } }),
    "emailVerifications.check": async () => ({ input: { email: "ines@example.com" } }),
    "emailVerifications.updateSettings": async () => ({ input: { probes_per_domain_per_hour: 5 } }),
    "accounts.enrich": async () => ({ input: { id: await make.account() } }),
    "contacts.enrich": async () => ({ input: { contact_ids: [await make.contact()] } }),
    "people.match": async () => ({ input: { email: "nobody@kraft.no" } }),
    "people.bulkMatch": async () => ({ input: { details: [{ email: "nobody@kraft.no" }] } }),
    "organizations.enrich": async () => ({ input: { domain: "kraft.no" } }),
    "organizations.bulkEnrich": async () => ({ input: { domains: ["kraft.no"] } }),
    "enrichmentProviders.create": async () => ({ input: { ...PROVIDER, name: fresh() } }),
    "enrichmentProviders.update": async () => ({ input: { id: await make.provider(), price: 2 } }),
    "enrichmentProviders.delete": async () => ({ input: { id: await make.provider() } }),
    "enrichmentProviders.test": async () => ({ input: { id: await make.provider(), domain: "kraft.no" } }),
    "enrichmentProviders.order": async () => {
      await make.provider();
      const { providers } = await team.api.enrichmentProviders.list();
      return { input: { provider_ids: providers.map(({ id }) => id).reverse() } };
    },
    "users.deactivate": async () => ({ input: { id: await make.person() } }),
    "users.reactivate": async () => ({ input: { id: await make.person("gone") } }),
    "emailAccounts.create": async () => ({ input: make.mailboxWish() }),
    "emailAccounts.update": async () => ({ input: { id: await make.mailbox(), display_name: "Changed" } }),
    "emailAccounts.setDkim": async () => ({ input: { id: await make.mailbox(), private_key: DKIM_KEY } }),
    "emailAccounts.removeDkim": async () => {
      const id = await make.mailbox();
      await team.api.emailAccounts.setDkim({ id, key_type: "ed25519" });
      return { input: { id } };
    },
    "emailAccounts.checkDomain": async () => ({ input: { id: await make.mailbox() } }),
    "emailAccounts.test": async () => ({ input: { id: await make.mailbox() } }),
    "imports.create": async () => ({ input: { text: `Email\nmade${++made}@imported.example\n` } }),
    "imports.undo": async () => ({ input: { id: await plantImport(world, team) } }),
    "joining.addContacts": async () => ({
      input: {
        id: await makeSequenceFor.activeSequence(team),
        contact_ids: [await make.contact()],
        send_email_from_email_account_id: [await make.mailbox()],
        sequence_no_email: true,
      },
    }),
    "emailAccounts.disconnect": async () => ({ input: { id: await make.mailbox() } }),
    "installation.confirmSending": async () => {
      await asOwner(world, (client) => client.query("update installation set sending_held_since = now()"));
      return { input: {}, by: { key: BOOTSTRAP_KEY } };
    },
    "oauthApplications.create": async () => ({
      input: { name: fresh(), redirect_uris: ["https://made.example/back"] },
    }),
    "oauthApplications.revoke": async () => {
      const wish = { name: fresh(), redirect_uris: ["https://made.example/back"] };
      return { input: { id: (await team.api.oauthApplications.create(wish)).client_id } };
    },
    "oauth.decide": async () => {
      const app = granting(world, team);
      const { client_id } = await app.added();
      return {
        input: { ...app.asks(client_id, newProof()), decision: "allow" },
        by: { cookie: (await app.signedIn()).cookie },
      };
    },
    "connectedApps.disconnect": async () => ({
      input: { id: (await granting(world, team).connect()).client_id },
    }),
    "incomingMails.overrule": async () => ({
      input: { id: (await plantIncoming(world, team)).id, kind: "auto_reply" },
    }),
    "incomingMails.bulkHandle": async () => ({
      input: { incoming_mail_ids: [(await plantIncoming(world, team)).id] },
    }),
    "incomingMails.bulkOverrule": async () => ({
      input: { incoming_mail_ids: [(await plantIncoming(world, team)).id], kind: "auto_reply" },
    }),
    "catcher.reply": async () => ({ input: { id: await makeCaught(world, team, await make.mailbox()) } }),
    "catcher.empty": async () => {
      await makeCaught(world, team, await make.mailbox());
      return { input: {} };
    },
    "prospecting.addToContacts": async () => ({
      input: { person_ids: await plantPeople(world, team, [{ firstName: fresh() }]) },
    }),
    "prospecting.deletePeople": async () => ({
      input: { person_ids: await plantPeople(world, team, [{ firstName: fresh() }]) },
    }),
    "inventedPeople.plant": async () => ({ input: { people: 10, organizations: 2 } }),
    "inventedPeople.remove": async () => ({ input: {} }),
    "mixedCompanies.search": async () => {
      await plantCompanies(world, team, [{ name: fresh() }]);
      return { input: {} };
    },
    "newsArticles.search": async () => {
      const [id = ""] = await plantCompanies(world, team, [{ name: fresh() }]);
      const article = { externalId: null, organizationIds: [id], title: "made" };
      await plantNews(world, team, [{ ...article, publishedAt: world.running.app.now() }]);
      return { input: { organization_ids: [id] } };
    },
    "suppressions.create": async () => ({ input: { value: `barred${++made}@example.no` } }),
    "suppressions.import": async () => ({ input: { text: `listed${++made}@example.no` } }),
    "suppressions.remove": async () => {
      const { suppression } = await team.api.suppressions.create({ value: `barred${++made}@example.no` });
      return { input: { id: suppression.id } };
    },
    "incomingMails.handle": async () => ({ input: { id: (await plantIncoming(world, team)).id } }),
    "tasks.reopen": async () => ({ input: { id: await make.doneTask() } }),
    "opportunities.create": async () => ({ input: { name: "Dry" } }),
    "opportunities.update": async () => ({ input: { id: await make.deal(), name: "Changed" } }),
    "opportunities.delete": async () => ({ input: { id: await make.deal() } }),
    "tasks.create": async () => ({ input: await make.taskWish() }),
    "tasks.bulkCreate": async () => ({ input: { tasks: [await make.taskWish()] } }),
    "tasks.update": async () => ({ input: { id: await make.task(), note: "Changed" } }),
    "tasks.complete": async () => ({ input: { id: await make.task() } }),
    "tasks.skip": async () => ({ input: { id: await make.task() } }),
    "phoneCalls.create": async () => ({ input: { status: "busy" } }),
    "phoneCalls.update": async () => {
      const { phone_call } = await team.api.phoneCalls.create({ status: "busy" });
      return { input: { id: phone_call.id, status: "completed" } };
    },
    "notes.create": async () => ({ input: { opportunity_id: await make.deal(), content: "Dry" } }),
    "notes.update": async () => ({ input: { id: await make.note(), content: "Changed" } }),
    "notes.pin": async () => ({ input: { id: await make.note() } }),
    "notes.delete": async () => ({ input: { id: await make.note() } }),
    "apiKeys.create": async () => ({ input: { name: "dry", master: true } }),
    "apiKeys.revoke": async () => ({ input: { id: await make.apiKey() } }),
    "apiKeys.rotate": async () => ({ input: { id: await make.apiKey() } }),
    "sessions.end": async () => ({
      input: {},
      by: await world.signIn(team.owner.email, team.owner.password),
    }),
    "teams.update": async () => ({ input: { name: "Changed", time_zone: "Asia/Tokyo" } }),
    "customFields.create": async () => ({ input: { label: "Dry", modality: "contact", type: "date" } }),
    "customFields.update": async () => ({
      input: {
        fields: [{ id: await make.picklist(), label: fresh(), meta: { picklist_values: [{ name: "Two" }] } }],
      },
    }),
    "customFields.delete": async () => ({ input: { id: await make.picklist() } }),
    "accounts.create": async () => ({ input: { name: "Dry", domain: "dry.example", label_names: ["Dry"] } }),
    "accounts.update": async () => ({ input: { id: await make.account(), name: "Dry", label_names: [] } }),
    "accounts.bulkCreate": async () => ({
      input: { accounts: [{ name: "Dry" }], append_label_names: ["Dry"] },
    }),
    "accounts.bulkUpdate": async () => ({
      input: { account_ids: [await make.account()], name: "Dry", async: true },
    }),
    "accounts.updateOwners": async () => ({
      input: { account_ids: [await make.account()], owner_id: await make.person() },
    }),
    "accounts.delete": async () => ({ input: { id: await make.account() } }),
    "accounts.merge": async () => ({
      input: { winner_id: await make.account(), loser_ids: [await make.account()] },
    }),
    "labels.create": async () => ({ input: { name: "Dry list", modality: "contacts" } }),
    "labels.update": async () => ({ input: { id: await make.label(), name: fresh() } }),
    "labels.delete": async () => ({ input: { id: await make.label() } }),
    "labels.addEntityIds": async () => ({ input: await make.membership() }),
    "labels.removeEntityIds": async () => ({ input: await make.membership() }),
    "contactStages.create": async () => ({ input: { name: "Dry", display_order: 1 } }),
    "contactStages.update": async () => ({ input: { id: await make.contactStage(), display_order: 0 } }),
    "contactStages.reorder": async () => ({ input: { ids: [await make.contactStage()] } }),
    "contactStages.delete": async () => ({ input: { id: await make.contactStage() } }),
    "accountStages.create": async () => ({ input: { name: "Dry", display_order: 1 } }),
    "accountStages.update": async () => ({ input: { id: await make.accountStage(), display_order: 1 } }),
    "accountStages.reorder": async () => ({ input: { ids: [await make.accountStage()] } }),
    "accountStages.delete": async () => ({ input: { id: await make.accountStage() } }),
    "subteams.create": async () => ({ input: { name: "Dry", user_ids: [team.owner.id] } }),
    "subteams.update": async () => ({ input: { id: await make.subteam(), user_ids: [] } }),
    "subteams.delete": async () => ({ input: { id: await make.subteam() } }),
    "teams.create": async () => ({
      input: { name: "Dry", owner_email: "dry@example.no" },
      by: { key: BOOTSTRAP_KEY },
    }),
    "progress.cancel": async () => ({
      input: { id: (await waitingWork(world, { teamId: team.id, userId: team.owner.id })).id },
    }),
    "webhookSubscriptions.create": async () => ({ input: { url: RECEIVER } }),
    "webhookSubscriptions.update": async () => ({ input: { id: await make.webhook(), types: ["job.*"] } }),
    "webhookSubscriptions.destroy": async () => ({ input: { id: await make.webhook() } }),
    "webhookSubscriptions.rotateSecret": async () => ({ input: { id: await make.webhook() } }),
    "webhookSubscriptions.test": async () => ({ input: { id: await make.webhook() } }),
    "workflows.create": async () => ({ input: make.workflowWish() }),
    "workflows.update": async () => ({ input: { id: (await make.workflow()).id, net_new: true } }),
    "workflows.delete": async () => ({ input: { id: (await make.workflow()).id } }),
    "workflows.activate": async () => ({ input: { id: (await make.workflow()).id } }),
    "workflows.deactivate": async () => {
      const { id } = await make.workflow();
      await team.api.workflows.activate({ id });
      return { input: { id } };
    },
    "workflows.run": async () => ({ input: { id: (await make.workflow()).id } }),
    "workflows.rotateSecrets": async () => ({ input: { id: (await make.workflow()).id } }),
    "workflowRuns.cancel": async () => ({ input: { id: (await plantTaken(world, team)).run } }),
    "workflowCandidates.rerun": async () => ({ input: { id: (await plantTaken(world, team)).candidate } }),
    "workflowNotices.read": async () => ({ input: { id: (await plantTaken(world, team)).notice } }),
    "webhookSubscriptions.replay": async () => ({ input: { id: await make.webhook(), since: "2020-01-01" } }),
    "contacts.create": async () => ({ input: { first_name: "Dry", label_names: ["Dry"] } }),
    "contacts.update": async () => ({ input: { id: await make.contact(), title: fresh() } }),
    "contacts.delete": async () => ({ input: { id: await make.contact() } }),
    "contacts.bulkCreate": async () => ({
      input: { contacts: [{ first_name: "Dry" }], append_label_names: ["Dry"] },
    }),
    "contacts.bulkUpdate": async () => ({ input: { contact_ids: [await make.contact()], title: fresh() } }),
    "contacts.updateStages": async () => ({
      input: { contact_ids: [await make.contact()], contact_stage_id: await make.contactStage() },
    }),
    "contacts.updateOwners": async () => ({
      input: { contact_ids: [await make.contact()], owner_id: await make.person() },
    }),
    "contacts.merge": async () => ({
      input: { winner_id: await make.contact(), loser_ids: [await make.contact()] },
    }),
    "contacts.bulkDelete": async () => ({ input: { contact_ids: [await make.contact()] } }),
  };
  const report = async () => {
    const filter = { metrics: [{ value: "num_emails_sent" }] };
    const { view } = await team.api.views.create({ subject: "reports", name: fresh(), filter });
    return { view_id: view.id, every: "day" as const, time: "08:00", email_account_id: await make.mailbox() };
  };
  const scheduled = async () => (await team.api.reportSchedules.create(await report())).report_schedule.id;
  wishes["reportSchedules.create"] = async () => ({ input: await report() });
  wishes["reportSchedules.update"] = async () => ({ input: { id: await scheduled(), time: "09:30" } });
  wishes["reportSchedules.delete"] = async () => ({ input: { id: await scheduled() } });
  wishes["sqlLogins.create"] = async () => ({ input: { name: fresh() } });
  wishes["sqlLogins.revoke"] = async () => ({
    input: { id: (await team.api.sqlLogins.create({ name: fresh() })).sql_login.id },
  });
  wishes["forecasts.create"] = async () => ({ input: { days: 2, seed: 1 } });
  wishes["rehearsals.sendTest"] = async () => ({
    input: {
      id: await makeSequenceFor.sequence(team),
      email_account_id: await make.mailbox(),
      ...{ subject: "Hello", body_html: "<p>Hello</p>" },
    },
  });
  for (const [name, wish] of Object.entries(sequenceWishes))
    wishes[name] = async () => ({ input: await wish(team) });
  for (const [name, wish] of Object.entries(managedWishes))
    wishes[name] = async () => ({ input: await wish(team, world) });
  for (const [name, wish] of Object.entries(messageWishes))
    wishes[name] = async () => ({ input: await wish(team, world) });
  return wishes;
}

function makersFor(team: Team, post: Peer) {
  async function account() {
    return (await team.api.accounts.create({ name: fresh(), label_names: ["Accounts"] })).account.id;
  }

  async function provider() {
    return (await team.api.enrichmentProviders.create({ ...PROVIDER, name: fresh() })).provider.id;
  }

  async function label() {
    return (await team.api.labels.create({ name: fresh(), modality: "accounts" })).label.id;
  }

  async function contactStage() {
    return (await team.api.contactStages.create({ name: fresh() })).contact_stage.id;
  }

  async function accountStage() {
    return (await team.api.accountStages.create({ name: fresh() })).account_stage.id;
  }

  async function picklist() {
    const meta = { picklist_values: [{ name: "One" }] };
    const wish = { label: fresh(), modality: "account", type: "picklist", meta } as const;
    return (await team.api.customFields.create(wish)).typed_custom_fields[0]?.id ?? "";
  }

  async function subteam() {
    return (await team.api.subteams.create({ name: fresh(), user_ids: [team.owner.id] })).subteam.id;
  }

  /** Records put on lists, or taken off: of the list every account made here is on. */
  async function membership() {
    return { entity_ids: [await account()], label_names: ["Accounts", "Later"], modality: "accounts" };
  }

  async function person(state?: "gone") {
    const { user } = await team.api.users.invite({ email: `p${++made}@example.no` });
    if (state) await team.api.users.deactivate({ id: user.id });
    return user.id;
  }

  async function apiKey() {
    return (await team.api.apiKeys.create({ name: "made", scopes: ["read_only"] })).api_key.id;
  }

  /** A server of the test's own, so that it can be tried. */
  function mailboxWish() {
    const smtp = { host: "127.0.0.1", port: post.port, security: "none" as const };
    return { email: `m${++made}@example.no`, smtp };
  }

  async function mailbox() {
    return (await team.api.emailAccounts.create(mailboxWish())).email_account.id;
  }

  async function deal() {
    return (await team.api.opportunities.create({ name: "made" })).opportunity.id;
  }

  async function taskWish() {
    return { type: "call" as const, user_id: team.owner.id, opportunity_id: await deal() };
  }

  async function task() {
    return (await team.api.tasks.create(await taskWish())).task.id;
  }

  async function doneTask() {
    const id = await task();
    await team.api.tasks.complete({ id });
    return id;
  }

  async function note() {
    return (await team.api.notes.create({ opportunity_id: await deal(), content: "made" })).note.id;
  }

  async function webhook() {
    return (await team.api.webhookSubscriptions.create({ url: RECEIVER })).webhook_subscription.id;
  }

  function workflowWish() {
    const trigger = { type: "event", event: "contact.stage_changed" } as const;
    return { name: fresh(), trigger, actions: [{ type: "notify", text: "Moved" }] } as const;
  }

  async function workflow() {
    return (await team.api.workflows.create(workflowWish() as never)).workflow;
  }

  async function contact() {
    return (await team.api.contacts.create({ first_name: fresh() })).contact.id;
  }

  return {
    provider,
    account,
    label,
    contact,
    contactStage,
    accountStage,
    picklist,
    subteam,
    membership,
    person,
    apiKey,
    mailboxWish,
    mailbox,
    deal,
    taskWish,
    task,
    doneTask,
    note,
    webhook,
    workflowWish,
    workflow,
  };
}

const DKIM_KEY = generateKeyPairSync("ed25519")
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString();
