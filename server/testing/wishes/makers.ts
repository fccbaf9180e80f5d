// What a wish needs made first.

import type { Input } from "@cadenza/sdk";
import type { Peer } from "../post-office.ts";
import type { Team, World } from "../world.ts";

/** The call's input, with what it needs made first, and who makes it if not the team's key. */
type PreparedCall = { input: Record<string, unknown>; by?: { key?: string; cookie?: string } };
export type Wishes = Record<string, () => Promise<PreparedCall>>;
export type MakerContext = { world: World; team: Team; make: ReturnType<typeof makersFor> };

/** No server listens there, and none is needed. */
export const PROVIDER = {
  kind: "apollo",
  base_url: "https://api.example.invalid",
  provider_key: "k",
  retries: 0,
} as const;

export const RECEIVER = "https://hooks.example.invalid/";

let made = 0;
/** Never the same text twice. */
export const counted = (what: string) => `${what}${++made}`;
export const fresh = () => counted("made ");

export function makersFor(team: Team, post: Peer) {
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

  async function dealStage() {
    return (await team.api.opportunityStages.create({ name: fresh() })).opportunity_stage.id;
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
    const { user } = await team.api.users.invite({ email: `${counted("p")}@example.no` });
    if (state) await team.api.users.deactivate({ id: user.id });
    return user.id;
  }

  async function apiKey() {
    return (await team.api.apiKeys.create({ name: "made", scopes: ["read_only"] })).api_key.id;
  }

  /** A server of the test's own, so that it can be tried. */
  function mailboxWish() {
    const smtp = { host: "127.0.0.1", port: post.port, security: "none" as const };
    return { email: `${counted("m")}@example.no`, smtp };
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

  async function conversation() {
    return (await team.api.conversations.create({ start_time: "2026-02-03" })).conversation.id;
  }

  async function note() {
    return (await team.api.notes.create({ opportunity_id: await deal(), content: "made" })).note.id;
  }

  async function webhook() {
    return (await team.api.webhookSubscriptions.create({ url: RECEIVER })).webhook_subscription.id;
  }

  function workflowWish(): Input<"workflows", "create"> {
    const trigger = { type: "event", event: "contact.stage_changed" } as const;
    return { name: fresh(), trigger, actions: [{ type: "notify", text: "Moved" }] };
  }

  async function workflow() {
    return (await team.api.workflows.create(workflowWish())).workflow;
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
    dealStage,
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
    conversation,
    note,
    webhook,
    workflowWish,
    workflow,
  };
}
