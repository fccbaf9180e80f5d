import assert from "node:assert/strict";
import { after, test } from "node:test";
import { endpoints } from "@cadenza/contract";
import { newId } from "../../ids.ts";
import { openSmtp, type Peer } from "../../testing/post-office.ts";
import { sequenceWishes } from "../../testing/sequence-wishes.ts";
import { waitingWork } from "../../testing/waiting-work.ts";
import { rowCounts } from "../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../testing/world.ts";

let team: Team;
let post: Peer;
const world = useWorld({ mailAllow: ["127.0.0.1"] }, async (opened) => {
  post = await openSmtp({ disabledCommands: ["AUTH", "STARTTLS"] });
  team = await opened.newTeam();
});
after(() => post.close());

test("each change is told: who, by what, from where, in a sentence", async () => {
  const { api_key } = await team.api.apiKeys.create({ name: "told", master: true });
  const [entry] = (await team.api.auditLog.list({ subject_id: api_key.id })).audit_log;
  assert.ok(entry);
  assert.deepEqual(
    [entry.type, entry.subject, entry.actor.user_id, entry.actor.cause],
    ["api_key.created", { type: "api_key", id: api_key.id }, team.owner.id, "api"],
  );
  assert.equal(entry.sentence, "Ole Dahl made the API key told");
  assert.match(entry.actor.address ?? "", /127\.0\.0\.1|::1/);
  assert.match(entry.request_id ?? "", /^[0-9a-f-]{36}$/);
  const person = await world.signIn(team.owner.email, team.owner.password);
  await person.api.teams.update({ name: "By hand" });
  const [byHand] = (await team.api.auditLog.list({ limit: 1 })).audit_log;
  assert.deepEqual(
    [byHand?.actor.cause, byHand?.actor.api_key_id, byHand?.type],
    ["web", null, "team.changed"],
  );
});

test("the log is read on from the last entry seen, without a gap or a repeat", async () => {
  for (let n = 0; n < 7; n++) await team.api.teams.update({ name: `Name ${n}` });
  const all = (await team.api.auditLog.list({ limit: 200 })).audit_log.map(({ id }) => id);
  const paged: string[] = [];
  let before: string | null | undefined;
  do {
    const page = await team.api.auditLog.list({ limit: 3, ...(before && { before }) });
    paged.push(...page.audit_log.map(({ id }) => id));
    before = page.next_before;
  } while (before);
  assert.deepEqual(paged, all);
});

test("the log is narrowed by time, by actor and by subject", async () => {
  const soon = Temporal.Now.instant().add({ hours: 1 }).toString();
  assert.deepEqual((await team.api.auditLog.list({ since: soon })).audit_log, []);
  const today = Temporal.Now.instant().toString().slice(0, 10);
  assert.ok((await team.api.auditLog.list({ since: today })).audit_log.length > 0);
  for (const { actor } of (await team.api.auditLog.list({ actor_id: team.owner.id })).audit_log)
    assert.equal(actor.user_id, team.owner.id);
});

test("a refused call is no event", async () => {
  const before = await rowCounts(world);
  await refused(team.api.apiKeys.create({ name: "x", scopes: ["no such"] }));
  await refused(team.api.users.deactivate({ id: team.owner.id }));
  assert.deepEqual(await rowCounts(world), before);
});

test("a wrong password is told to the team", async () => {
  await refused(world.client().sessions.start({ email: team.owner.email, password: "not this one" }));
  const [entry] = (await team.api.auditLog.list({ limit: 1 })).audit_log;
  assert.deepEqual(
    [entry?.type, entry?.sentence],
    ["session.refused", "Somebody tried to sign in as Ole Dahl with a wrong password"],
  );
});

test("every write by a caller leaves a row in the log", async () => {
  const { user } = await team.api.users.invite({ email: "w@example.no" });
  const { api_key } = await team.api.apiKeys.create({ name: "turned", scopes: ["read_only"] });
  const { api_key: leaked } = await team.api.apiKeys.create({ name: "leaked", scopes: ["read_only"] });
  const { api: person } = await world.signIn(team.owner.email, team.owner.password);
  const email_account = (name: string) => ({
    email: `${name}@mail.example.no`,
    smtp: { host: "mail.example.com", port: 465 },
    test: false,
  });
  const { email_account: mailbox } = await team.api.emailAccounts.create(email_account("told"));
  const { email_account: reachable } = await team.api.emailAccounts.create({
    ...email_account("reachable"),
    smtp: { host: "127.0.0.1", port: post.port, security: "none" },
  });
  const { suppression } = await team.api.suppressions.create({ value: "barred@example.no" });
  const { opportunity: deal } = await team.api.opportunities.create({ name: "told" });
  const { opportunity: gone } = await team.api.opportunities.create({ name: "gone" });
  const task = { type: "call", user_id: team.owner.id, opportunity_id: deal.id } as const;
  const [{ task: first }, { task: second }] = [
    await team.api.tasks.create(task),
    await team.api.tasks.create(task),
  ];
  const { phone_call } = await team.api.phoneCalls.create({ status: "busy" });
  const { note } = await team.api.notes.create({ opportunity_id: deal.id, content: "told" });
  const url = "https://hooks.example.invalid/";
  const { id: hook } = (await team.api.webhookSubscriptions.create({ url })).webhook_subscription;
  const { id: doomed } = (await team.api.webhookSubscriptions.create({ url })).webhook_subscription;
  const { id: jobId } = await waitingWork(world, { teamId: team.id, userId: team.owner.id });
  const writes: Record<string, () => Promise<unknown>> = {
    "users.invite": () => team.api.users.invite({ email: "x@example.no" }),
    "users.update": () => team.api.users.update({ id: user.id, title: "x" }),
    "users.deactivate": () => team.api.users.deactivate({ id: user.id }),
    "users.reactivate": () => team.api.users.reactivate({ id: user.id }),
    "emailAccounts.create": () => team.api.emailAccounts.create(email_account("new")),
    "emailAccounts.update": () => team.api.emailAccounts.update({ id: mailbox.id, display_name: "w" }),
    "emailAccounts.test": () => team.api.emailAccounts.test({ id: reachable.id }),
    "emailAccounts.disconnect": () => team.api.emailAccounts.disconnect({ id: mailbox.id }),
    "suppressions.create": () => team.api.suppressions.create({ value: "w@example.no" }),
    "suppressions.import": () => team.api.suppressions.import({ text: "v@example.no" }),
    "suppressions.remove": () => team.api.suppressions.remove({ id: suppression.id }),
    "opportunities.create": () => team.api.opportunities.create({ name: "w" }),
    "opportunities.update": () => team.api.opportunities.update({ id: deal.id, name: "v" }),
    "opportunities.delete": () => team.api.opportunities.delete({ id: gone.id }),
    "tasks.create": () => team.api.tasks.create(task),
    "tasks.bulkCreate": () => team.api.tasks.bulkCreate({ tasks: [task] }),
    "tasks.update": () => team.api.tasks.update({ id: first.id, note: "w" }),
    "tasks.complete": () => team.api.tasks.complete({ id: first.id }),
    "tasks.skip": () => team.api.tasks.skip({ id: second.id }),
    "phoneCalls.create": () => team.api.phoneCalls.create({ status: "busy" }),
    "phoneCalls.update": () => team.api.phoneCalls.update({ id: phone_call.id, status: "completed" }),
    "notes.create": () => team.api.notes.create({ opportunity_id: deal.id, content: "w" }),
    "notes.update": () => team.api.notes.update({ id: note.id, content: "v" }),
    "notes.pin": () => team.api.notes.pin({ id: note.id }),
    "notes.delete": () => team.api.notes.delete({ id: note.id }),
    "apiKeys.create": () => team.api.apiKeys.create({ name: "w", scopes: ["read_only"] }),
    "apiKeys.rotate": () => team.api.apiKeys.rotate({ id: api_key.id }),
    "apiKeys.revoke": () => team.api.apiKeys.revoke({ id: leaked.id }),
    "sessions.end": () => person.sessions.end(),
    "teams.update": () => team.api.teams.update({ name: "w" }),
    "teams.create": () => world.operator.teams.create({ name: "w", owner_email: "w@example.no" }),
    "webhookSubscriptions.create": () => team.api.webhookSubscriptions.create({ url }),
    "webhookSubscriptions.update": () => team.api.webhookSubscriptions.update({ id: hook, types: ["job.*"] }),
    "webhookSubscriptions.rotateSecret": () => team.api.webhookSubscriptions.rotateSecret({ id: hook }),
    "webhookSubscriptions.test": () => team.api.webhookSubscriptions.test({ id: hook }),
    "webhookSubscriptions.replay": () =>
      team.api.webhookSubscriptions.replay({ id: hook, since: "2020-01-01" }),
    "webhookSubscriptions.destroy": () => team.api.webhookSubscriptions.destroy({ id: doomed }),
    "progress.cancel": () => team.api.progress.cancel({ id: jobId }),
    ...(await writesAboutAccounts(team)),
  };
  for (const [name, wish] of Object.entries(sequenceWishes)) {
    const input = await wish(team); // what the call needs is made first, so that only the call itself is counted
    const [noun, verb] = name.split(".") as [keyof typeof team.api, string];
    writes[name] = () =>
      (team.api[noun] as Record<string, (input: unknown) => Promise<unknown>>)[verb]?.(input) as never;
  }
  const calls = endpoints.filter(({ endpoint }) => endpoint.effect === "write" && endpoint.access !== "open");
  for (const { name } of calls) {
    const write = writes[name];
    assert.ok(write, `${name} is new: say in this table how it is called`);
    const before = await rowCounts(world);
    await write();
    assert.ok(((await rowCounts(world)).events ?? 0) > (before.events ?? 0), name);
  }
});

/** Calls about accounts and what they are sorted by, each on something of its own. */
async function writesAboutAccounts({ api, owner }: Team): Promise<Record<string, () => Promise<unknown>>> {
  const account = async () => (await api.accounts.create({ name: "w" })).account.id;
  const label = async () =>
    (await api.labels.create({ name: `w ${newId()}`, modality: "accounts" })).label.id;
  const field = async () =>
    (await api.customFields.create({ label: newId(), modality: "account", type: "date" }))
      .typed_custom_fields[0]?.id ?? "";
  const [one, two, three, four] = [await account(), await account(), await account(), await account()];
  const [renamed, gone] = [await label(), await label()];
  const [contactStage, accountStage] = [
    (await api.contactStages.create({ name: "w1" })).contact_stage.id,
    (await api.accountStages.create({ name: "w1" })).account_stage.id,
  ];
  const { subteam } = await api.subteams.create({ name: "w1" });
  const [fieldOne, fieldTwo] = [await field(), await field()];
  const members = { entity_ids: [one], label_names: ["w"], modality: "accounts" };
  return {
    "labels.create": () => api.labels.create({ name: "made", modality: "contacts" }),
    "labels.update": () => api.labels.update({ id: renamed, name: "renamed" }),
    "labels.delete": () => api.labels.delete({ id: gone }),
    "labels.addEntityIds": () => api.labels.addEntityIds(members),
    "labels.removeEntityIds": () => api.labels.removeEntityIds(members),
    "contactStages.create": () => api.contactStages.create({ name: "w2" }),
    "contactStages.update": () => api.contactStages.update({ id: contactStage, name: "w3" }),
    "contactStages.reorder": () => api.contactStages.reorder({ ids: [contactStage] }),
    "contactStages.delete": () => api.contactStages.delete({ id: contactStage }),
    "accountStages.create": () => api.accountStages.create({ name: "w2" }),
    "accountStages.update": () => api.accountStages.update({ id: accountStage, name: "w3" }),
    "accountStages.reorder": () => api.accountStages.reorder({ ids: [accountStage] }),
    "accountStages.delete": () => api.accountStages.delete({ id: accountStage }),
    "customFields.create": field,
    "customFields.update": () => api.customFields.update({ fields: [{ id: fieldOne, label: "w" }] }),
    "customFields.delete": () => api.customFields.delete({ id: fieldTwo }),
    "subteams.create": () => api.subteams.create({ name: "w2" }),
    "subteams.update": () => api.subteams.update({ id: subteam.id, user_ids: [owner.id] }),
    "subteams.delete": () => api.subteams.delete({ id: subteam.id }),
    "accounts.create": account,
    "accounts.update": () => api.accounts.update({ id: one, name: "x" }),
    "accounts.delete": () => api.accounts.delete({ id: two }),
    "accounts.merge": () => api.accounts.merge({ winner_id: one, loser_ids: [three] }),
    "accounts.bulkCreate": () => api.accounts.bulkCreate({ accounts: [{ name: "w" }] }),
    "accounts.bulkUpdate": () => api.accounts.bulkUpdate({ account_ids: [four], name: "y" }),
    "accounts.updateOwners": () => api.accounts.updateOwners({ account_ids: [four], owner_id: owner.id }),
  };
}
