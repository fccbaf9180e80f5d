// No team sees or touches another's: for every call and every id it takes, a foreign id is answered
// exactly like one that never was. The matrix is read off the contract, so a new call is in it by
// itself; what it cannot know (how to make such a thing, which noun a new parameter names) stands in
// the tables below, and a gap in them fails with the line to add.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type Endpoint, type Entry, endpoints, pathParameters } from "@cadenza/contract";
import { z } from "zod";
import { newId } from "./ids.ts";
import { openSmtp, type Peer } from "./testing/post-office.ts";
import { insertAccount, insertContact } from "./testing/records.ts";
import { waitingWork } from "./testing/waiting-work.ts";
import { asOwner, call } from "./testing/wire.ts";
import { type Team, useWorld } from "./testing/world.ts";

/** Makes one of each thing an id may name, in the team given. */
const FACTORIES = {
  user: async (team: Team) => {
    unique += 1;
    return (await team.api.users.invite({ email: `made${unique}@example.no` })).user.id;
  },
  mailbox: async (team: Team) => {
    unique += 1;
    const smtp = { host: "127.0.0.1", port: post.port, security: "none" as const };
    const wish = { email: `made${unique}@example.no`, smtp, test: false };
    return (await team.api.emailAccounts.create(wish)).email_account.id;
  },
  suppression: async (team: Team) => {
    unique += 1;
    return (await team.api.suppressions.create({ value: `made${unique}@example.no` })).suppression.id;
  },
  contact: (team: Team) => insertContact(world, team),
  account: (team: Team) => insertAccount(world, team),
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
  noteContact: async (team: Team) => (await made.note(team)).contact_id ?? "",
  noteAccount: async (team: Team) => (await made.note(team)).account_id ?? "",
  noteDeal: async (team: Team) => (await made.note(team)).opportunity_id ?? "",
  actor: async (team: Team) => team.owner.id,
  apiKey: async (team: Team) => (await team.api.apiKeys.create({ name: "made", master: true })).api_key.id,
  event: async (team: Team) => {
    await team.api.teams.update({ name: "Changed" });
    await team.api.teams.update({ name: "Changed again" });
    return (await team.api.auditLog.list({ limit: 1 })).audit_log[0]?.id ?? "";
  },
  work: async (team: Team) => (await waitingWork(world, { teamId: team.id, userId: team.owner.id })).id,
  webhook: async (team: Team) => {
    const wish = { url: "https://hooks.example.invalid/", types: ["team.changed"] };
    return (await team.api.webhookSubscriptions.create(wish)).webhook_subscription.id;
  },
} satisfies Record<string, (team: Team) => Promise<string>>;

/** With everything on it that a search can ask for. */
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
  "emailAccounts.* id": "mailbox",
  "suppressions.* id": "suppression",
  "opportunities.* id": "deal",
  "opportunities.search account_id": "dealAccount",
  "opportunities.list account_id": "dealAccount",
  "opportunities.search owner_id": "dealOwner",
  "opportunities.list owner_id": "dealOwner",
  opportunity_stage_id: "dealStage",
  opportunity_id: "deal",
  contact_id: "contact",
  account_id: "account",
  owner_id: "user",
  "tasks.* id": "task",
  "tasks.search user_id": "taskUser",
  "tasks.search user_ids": "taskUser",
  "tasks.search contact_id": "taskContact",
  "tasks.search contact_ids": "taskContact",
  "tasks.search account_id": "taskAccount",
  "tasks.search opportunity_id": "taskDeal",
  contact_ids: "contact",
  creator_id: "user",
  "phoneCalls.* id": "call",
  "phoneCalls.search user_id": "callUser",
  "phoneCalls.search user_ids": "callUser",
  "phoneCalls.search contact_id": "callContact",
  "phoneCalls.search account_id": "callAccount",
  "phoneCalls.search contact_label_ids": "callLabel",
  "phoneCalls.search phone_call_outcome_ids": "callOutcome",
  "phoneCalls.search phone_call_purpose_ids": "callPurpose",
  phone_call_outcome_id: "callOutcome",
  phone_call_purpose_id: "callPurpose",
  outreach_task_id: "task",
  "notes.* id": "note",
  "notes.list contact_id": "noteContact",
  "notes.list contact_ids": "noteContact",
  "notes.list account_id": "noteAccount",
  "notes.list opportunity_id": "noteDeal",
  account_ids: "account",
  opportunity_ids: "deal",
  user_id: "user",
  actor_id: "actor",
  subject_id: "apiKey",
  "auditLog.list before": "event",
  "progress.* id": "work",
  "webhookSubscriptions.* id": "webhook",
};

/** What else a call needs before it looks at the id. */
const FILLING: Record<string, Record<string, unknown> | ((team: Team) => Promise<Record<string, unknown>>)> =
  {
    "tasks.create": async (team) => ({
      type: "call",
      user_id: team.owner.id,
      contact_id: await insertContact(world, team),
    }),
    "tasks.bulkCreate": async (team) => ({
      contact_ids: [await insertContact(world, team)],
      account_id: await insertAccount(world, team),
    }),
    "apiKeys.create": { name: "x", master: true },
    "emailAccounts.create": {
      email: "x@example.no",
      smtp: { host: "mail.example.com", port: 465 },
      test: false,
    },
    "emailAccounts.update": { display_name: "Taken over" },
    "opportunities.create": { name: "x" },
    "notes.create": { content: "x" },
    "webhookSubscriptions.replay": { since: "2020-01-01" },
    "users.update": { title: "Taken over" },
  };

const NEVER = "64f0aa0000000000000000ff";
let unique = 0;
let ours: Team;
let theirs: Team;
let browser: { cookie: string };

let post: Peer;

// Without an engine, so that nothing moves but what is called.
const world = useWorld({ role: "api", mailAllow: ["127.0.0.1"] }, async (opened) => {
  post = await openSmtp({ disabledCommands: ["AUTH", "STARTTLS"] });
  ours = await opened.newTeam("Ours");
  theirs = await opened.newTeam("Theirs");
  browser = await opened.signIn(theirs.owner.email, theirs.owner.password);
});
after(() => post.close());

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
    NOUNS[`${name} ${parameter}`] ?? NOUNS[`${name.split(".")[0]}.* ${parameter}`] ?? NOUNS[parameter];
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

/** What the call is about, made in the caller's own team, where the id in question is another one. */
async function subjectOf(entry: Entry, path: string[], team: Team) {
  const filling = FILLING[entry.name];
  const made: Record<string, unknown> = typeof filling === "function" ? await filling(team) : { ...filling };
  for (const name of pathParameters(entry.endpoint.path))
    if (name !== path[0]) made[name] = await FACTORIES[nounOf(entry, [name])](team);
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

const cells = endpoints.flatMap((entry) =>
  idPaths(z.toJSONSchema(entry.endpoint.input, { io: "input" }) as Json).flatMap((path) =>
    [entry.endpoint.method, ...(entry.endpoint.also ?? [])].map((method) => ({ entry, path, method })),
  ),
);

for (const { entry, path, method } of cells) {
  test(`${method} ${entry.name} answers another team's ${path.join(".")} like one that never was`, async () => {
    const { endpoint, name } = entry;
    const foreign = await FACTORIES[nounOf(entry, path)](ours);
    const [here, there] = [await subjectOf(entry, path, ours), await subjectOf(entry, path, theirs)];
    const input = (id: string, subject: Record<string, unknown>) => ({
      ...subject,
      ...(placed(path, id) as Record<string, unknown>),
    });
    const before = await everythingOf(ours);
    for (const caller of [{ key: theirs.key }, { cookie: browser.cookie }]) {
      const never = await ask(endpoint, method, input(NEVER, there), caller);
      const stranger = await ask(endpoint, method, input(foreign, there), caller);
      assert.doesNotMatch(
        never.text,
        /parameter_missing|parameter_invalid|not_a_valid_id/,
        `${name} needs more in FILLING`,
      );
      assert.equal(stranger.status, never.status);
      assert.equal(stranger.text.replaceAll(foreign, NEVER), never.text);
    }
    assert.deepEqual(await everythingOf(ours), before);

    const own = await ask(endpoint, method, input(foreign, here), { key: ours.key }, true);
    const nobody = await ask(endpoint, method, input(NEVER, here), { key: ours.key }, true);
    assert.equal(own.status, 200, `with its own id the call works, or this cell shows nothing: ${own.text}`);
    assert.notEqual(own.text.replaceAll(foreign, NEVER), nobody.text, "and tells it from one that never was");
  });
}

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
    for (const secret of [ours.id, ours.owner.id, ours.owner.email, "Ours"])
      assert.ok(!answer.text.includes(secret), `${name} shows ${secret}`);
  }
});
