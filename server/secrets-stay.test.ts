// A stored secret goes only to the server it was given for. For each column that keeps one, a line says what happens
// to it when the address beside it changes; a new column without a line fails.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { SEALED_TABLES } from "./features/administration/key-rotation/places.ts";
import { LOOPBACK } from "./testing/loopback.ts";
import { connectModel, openModel } from "./testing/model-peer.ts";
import { asOwner } from "./testing/wire.ts";
import { refused, type Team, useWorld } from "./testing/world.ts";

const peer = await openModel();
after(() => peer.close());
const world = useWorld({ webhookAllow: LOOPBACK, mailAllow: LOOPBACK });

const ELSEWHERE = "http://127.0.0.2:9/elsewhere";

type Moved = (team: Team) => Promise<void>;
type Fate = { never: string } | { moved: Moved };

const mailboxMoved =
  (side: "smtp" | "imap"): Moved =>
  async (team) => {
    const server = {
      host: "mail.kraft.example",
      port: 993,
      security: "tls",
      username: "u",
      password: "secret",
    } as const;
    const { email_account } = await team.api.emailAccounts.create({
      email: `${side}${team.id}@kraft.example`,
      smtp: server,
      imap: server,
      test: false,
    });
    const moving = team.api.emailAccounts.update({
      id: email_account.id,
      [side]: { host: "evil.example" },
      test: false,
    });
    assert.equal((await refused(moving)).code, "mailbox_password_needed");
  };

const tokenMoved: Moved = async (team) => {
  const { email_account } = await team.api.emailAccounts.create({
    email: `oauth${team.id}@kraft.example`,
    type: "gmail",
    oauth: { access_token: "a", refresh_token: "r", client_id: "c", client_secret: "s" },
    test: false,
  });
  for (const side of ["smtp", "imap"] as const) {
    const moving = team.api.emailAccounts.update({
      id: email_account.id,
      [side]: { host: "evil.example", port: 993 },
      test: false,
    });
    assert.equal((await refused(moving)).code, "mailbox_password_needed", side);
  }
};

const clientMoved: Moved = async ({ api }) => {
  const wish = { provider: "microsoft", client_id: "app-1", client_secret: "secret" } as const;
  await api.signInClients.save(wish);
  for (const tenant of [{}, { tenant: "elsewhere.example" }]) {
    const moving = api.signInClients.save({ provider: "microsoft", client_id: "app-2", ...tenant });
    assert.equal((await refused(moving)).code, "sign_in_secret_needed");
  }
  // Another tenant is another path at the same host of Microsoft: it cannot name one.
  await api.signInClients.save({ provider: "microsoft", tenant: "elsewhere.example" });
  for (const tenant of ["evil.example/", "evil.example:443", "@evil.example", "a/../../b", "a\\b", "a%2fb"])
    assert.equal((await refused(api.signInClients.save({ provider: "microsoft", tenant }))).status, 422);
  const { sign_in_clients } = await api.signInClients.list();
  const shown = sign_in_clients.find(({ provider }) => provider === "microsoft");
  assert.deepEqual([shown?.client_id, shown?.tenant], ["app-1", "elsewhere.example"]);
};

const FATES: Record<string, Fate> = {
  "mailboxes.smtp_password": { moved: mailboxMoved("smtp") },
  "mailboxes.imap_password": { moved: mailboxMoved("imap") },
  "mailboxes.oauth_access_token": { moved: tokenMoved },
  "mailboxes.oauth_refresh_token": {
    never: "goes only to its provider's own token address, which nobody sets",
  },
  "mailboxes.oauth_client_secret": {
    never: "goes only to its provider's own token address, which nobody sets",
  },
  "sign_in_clients.client_secret": { moved: clientMoved },
  "webhook_subscriptions.secret": { never: "signs, and is not sent" },
  "webhook_subscriptions.previous_secret": { never: "signs, and is not sent" },
  "push_subscriptions.auth": { never: "encrypts, and is not sent" },
  "workflows.secret": { never: "signs, and is not sent" },
  "sending_domains.private_key": { never: "signs, and is not sent" },
  "idempotent_answers.answer": { never: "goes back to its own caller" },
  "enrichment_providers.sealed_key": {
    async moved(team) {
      const { provider } = await team.api.enrichmentProviders.create({
        name: "A",
        kind: "apollo",
        base_url: peer.url,
        provider_key: "secret",
      });
      const move = { id: provider.id, base_url: ELSEWHERE };
      assert.equal((await refused(team.api.enrichmentProviders.update(move))).code, "provider_key_needed");
      const shown = (await team.api.enrichmentProviders.list()).providers.find(
        ({ id }) => id === provider.id,
      );
      assert.equal(shown?.base_url, peer.url, "nothing was changed");
      await team.api.enrichmentProviders.update({ ...move, provider_key: "another" });
      await team.api.enrichmentProviders.update({
        id: provider.id,
        base_url: `${new URL(ELSEWHERE).origin}/v2`,
      });
    },
  },
  "team_moves.source_key": {
    async moved(team) {
      const { team_move: move } = await team.api.teamMoves.start({ source: peer.url, source_key: "secret" });
      await team.api.progress.cancel({ id: move.entity_progress_job_id });
      const other = new URL(ELSEWHERE).origin;
      assert.equal((await refused(team.api.teamMoves.start({ source: other }))).code, "parameter_missing");
    },
  },
  "language_models.sealed_key": {
    async moved(team) {
      await connectModel(team, peer);
      await team.api.languageModel.save({ base_url: ELSEWHERE });
      assert.equal((await team.api.languageModel.show()).language_model?.has_key, false);
    },
  },
};

test("each column that keeps a secret says where the secret may go", () => {
  const columns = SEALED_TABLES.flatMap(({ table, columns: names }) =>
    names.map((name) => `${table}.${name}`),
  );
  assert.deepEqual(columns.sort(), Object.keys(FATES).sort());
});

for (const [column, fate] of Object.entries(FATES))
  if ("moved" in fate)
    test(`${column} is not sent to another server than it was given for`, async () =>
      fate.moved(await world.newTeam()));

test("an address of a mapping counts as well as the base address", async () => {
  const team = await world.newTeam();
  const mapping = (url: string) => ({
    key: { in: "bearer" as const },
    person: { method: "POST" as const, url, body: {}, result: { email: "email" } },
  });
  const { provider } = await team.api.enrichmentProviders.create({
    name: "B",
    kind: "http",
    provider_key: "secret",
    mapping: mapping(`${peer.url}/people`),
  });
  const moving = team.api.enrichmentProviders.update({ id: provider.id, mapping: mapping(ELSEWHERE) });
  assert.equal((await refused(moving)).code, "provider_key_needed");
});

const OPENED_BY: Record<string, (team: Team) => Promise<{ id: string; open(): Promise<unknown> }>> = {
  "enrichment_providers.sealed_key": async ({ api }) => {
    const wish = { name: "C", kind: "apollo", base_url: peer.url, provider_key: "secret" } as const;
    const { id } = (await api.enrichmentProviders.create(wish)).provider;
    return { id, open: () => api.enrichmentProviders.test({ id, email: "per@fjord.no" }) };
  },
  "webhook_subscriptions.secret": async ({ api }) => {
    const wish = { url: peer.url, types: ["contact.created" as const] };
    const { id } = (await api.webhookSubscriptions.create(wish)).webhook_subscription;
    return { id, open: () => api.webhookSubscriptions.rotateSecret({ id }) };
  },
  "mailboxes.smtp_password": async (team) => {
    const server = {
      host: "127.0.0.1",
      port: 465,
      security: "tls",
      username: "u",
      password: "secret",
    } as const;
    const email = `t${team.id}@kraft.example`;
    const { id } = (await team.api.emailAccounts.create({ email, smtp: server, test: false })).email_account;
    return { id, open: () => team.api.emailAccounts.test({ id }) };
  },
};

for (const [column, plant] of Object.entries(OPENED_BY))
  test(`a changed ${column} is refused with a sentence, and is no failure of the server`, async () => {
    const team = await world.newTeam();
    const { id, open } = await plant(team);
    const [table, name] = column.split(".");
    const turned = `set_byte(${name}, length(${name}) - 1, get_byte(${name}, length(${name}) - 1) # 1)`;
    await asOwner(world, (client) =>
      client.query(`update ${table} set ${name} = ${turned} where id = $1`, [id]),
    );
    const refusal = await refused(open());
    assert.deepEqual([refusal.status, refusal.code], [422, "secret_unreadable"]);
    assert.ok(world.logged.some((line) => line.includes(`${column} of ${id} does not open`)));
  });
