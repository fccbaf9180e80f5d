// The document we serve, in others' hands: a validator takes it, two public generators make clients of it, and what
// they make compiles strictly and makes the calls that everything starts with.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { ROOT } from "../../scripts/packages.mjs";
import { ensurePackagesApart } from "../../scripts/packages-apart.mjs";
import { newContact, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { openWorld } from "../../server/testing/world.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-clients-"));
let packages: string;
let world: Awaited<ReturnType<typeof openWorld>>;
before(async () => {
  packages = await ensurePackagesApart("sdk/other-clients");
  world = await openWorld();
  const served = await fetch(`${world.url}/openapi.json`);
  writeFileSync(join(folder, "openapi.json"), await served.text());
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  symlinkSync(packages, join(folder, "node_modules"));
});
after(async () => {
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A generator, run from its own command line. */
const generate = (program: string, ...args: string[]) =>
  execFileSync(process.execPath, [join(packages, program), ...args], { cwd: folder, encoding: "utf8" });

function compile(place: string) {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: false,
    skipLibCheck: true,
    module: "esnext",
    moduleResolution: "bundler",
    target: "es2023",
    lib: ["es2023", "dom", "dom.iterable"],
    types: [],
    allowImportingTsExtensions: true,
    noEmit: true,
  };
  writeFileSync(join(place, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["calls.ts"] }));
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", place], { encoding: "utf8" });
  assert.equal(status, 0, stdout.slice(0, 4000));
}

/** What both clients are asked to do; each gives back what it was told. */
type Wish = {
  baseUrl: string;
  key: string;
  sequence: string;
  mailbox: string;
  outsider: string;
  nobody: string;
};
type Told = {
  isHealthy: boolean;
  isLoggedIn: boolean;
  created: string;
  tried: boolean | undefined;
  found: string[];
  sequences: string[];
  joined: string[];
  skipped: Record<string, string>;
  read: string | null | undefined;
  explained: string;
  listed: string[];
  refusal: { status: number; code: string | undefined; error: string | undefined };
};

async function checkCalls(place: string) {
  const team = await world.newTeam();
  const sequence = await newSequence(team);
  const wish: Wish = {
    baseUrl: `${world.url}/api/v1`,
    key: team.key,
    sequence: sequence.id,
    mailbox: (await newMailbox(team)).id,
    outsider: await newContact(team, { email: undefined }),
    nobody: "64f0aa0000000000000000ff",
  };
  const { calls } = (await import(pathToFileURL(join(place, "calls.ts")).href)) as {
    calls(wish: Wish): Promise<Told>;
  };
  const told = await calls(wish);
  assert.deepEqual([told.isHealthy, told.isLoggedIn, told.tried], [true, true, true]);
  assert.deepEqual(told.found, [told.created]);
  assert.deepEqual(told.sequences, [sequence.name]);
  assert.deepEqual(told.joined, [told.created]);
  assert.deepEqual(told.skipped, { [wish.outsider]: "contacts_without_email" });
  assert.equal(told.read, "Kari Nordmann");
  assert.match(told.explained, /^Step 1, an email/);
  assert.deepEqual(told.listed, [told.created], "a list in the query arrives as one");
  assert.deepEqual([told.refusal.status, told.refusal.code], [422, "contact_unknown"]);
  assert.ok(told.refusal.error);
  const { pagination } = await team.api.contacts.search({ q_keywords: "Kari" });
  assert.equal(pagination.total_entries, 1, "the dry run and the same key once more made nobody");
}

test("a validator finds nothing wrong with it", async () => {
  const entry = join(packages, "@seriousme", "openapi-schema-validator", "index.js");
  const { Validator } = (await import(pathToFileURL(entry).href)) as {
    Validator: new () => {
      validate(document: unknown): Promise<{ valid: boolean; errors?: unknown }>;
      version: string;
    };
  };
  const validator = new Validator();
  const document: unknown = JSON.parse(readFileSync(join(folder, "openapi.json"), "utf8"));
  assert.deepEqual(await validator.validate(document), { valid: true });
  assert.equal(validator.version, "3.1");
  const broken = await new Validator().validate({ ...(document as object), paths: { "/x": { get: 1 } } });
  assert.equal(broken.valid, false, "it can say no");
});

test("openapi-typescript and openapi-fetch make the core calls", async () => {
  const place = join(folder, "fetch");
  mkdirSync(place);
  generate("openapi-typescript/bin/cli.js", "openapi.json", "-o", "fetch/schema.d.ts");
  writeFileSync(join(place, "calls.ts"), WITH_OPENAPI_FETCH);
  compile(place);
  await checkCalls(place);
});

test("what @hey-api/openapi-ts makes makes the core calls", async () => {
  const place = join(folder, "hey");
  mkdirSync(place);
  const config = {
    input: "openapi.json",
    output: { path: "hey/client", module: { extension: ".ts" } },
    plugins: ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"],
  };
  writeFileSync(join(folder, "openapi-ts.config.mjs"), `export default ${JSON.stringify(config)};`);
  generate("@hey-api/openapi-ts/bin/run.js", "-f", "openapi-ts.config.mjs");
  writeFileSync(join(place, "calls.ts"), WITH_HEY_API);
  compile(place);
  await checkCalls(place);
});

const WITH_OPENAPI_FETCH = `
import createClient from "openapi-fetch";
import type { paths } from "./schema.d.ts";

export async function calls(wish: { baseUrl: string; key: string; sequence: string; mailbox: string; outsider: string; nobody: string }) {
  const api = createClient<paths, "application/json">({ baseUrl: wish.baseUrl, headers: { "x-api-key": wish.key } });
  const need = <T>({ data, error }: { data?: T; error?: unknown }): T => {
    if (data === undefined) throw new Error(JSON.stringify(error));
    return data;
  };
  const health = need(await api.GET("/auth/health"));
  const kari = { first_name: "Kari", last_name: "Nordmann", email: "kari@example.no" };
  const tried = need(await api.POST("/contacts", { body: kari, params: { header: { "Dry-Run": true } } }));
  const once = { "Idempotency-Key": "kari" };
  const { contact } = need(await api.POST("/contacts", { body: kari, params: { header: once } }));
  need(await api.POST("/contacts", { body: kari, params: { header: once } }));
  const found = need(await api.POST("/contacts/search", { body: { q_keywords: "Kari" } }));
  const { emailer_campaigns } = need(await api.POST("/emailer_campaigns/search", { body: {} }));
  const joined = need(await api.POST("/emailer_campaigns/{id}/add_contact_ids", {
    params: { path: { id: wish.sequence } },
    body: { contact_ids: [contact.id, wish.outsider], send_email_from_email_account_id: [wish.mailbox] },
  }));
  if (!("contacts" in joined)) throw new Error("so few are added at once");
  const path = { id: contact.id };
  const read = need(await api.GET("/contacts/{id}", { params: { path } }));
  const { explain } = need(await api.GET("/contacts/{id}/explain", { params: { path } }));
  const listed = need(await api.GET("/contact_campaign_statuses/search", {
    params: { query: { "emailer_campaign_ids[]": [wish.sequence, wish.nobody], "contact_ids[]": [contact.id] } },
  }));
  const { error, response } = await api.GET("/contacts/{id}", { params: { path: { id: wish.nobody } } });
  const code: "contact_unknown" | undefined = error?.code === "contact_unknown" ? error.code : undefined;
  return {
    isHealthy: health.healthy,
    isLoggedIn: health.is_logged_in,
    tried: tried.dry_run,
    created: contact.id,
    found: found.contacts.map(({ id }) => id),
    sequences: emailer_campaigns.map(({ name }) => name),
    joined: joined.contacts.map(({ id }) => id),
    skipped: joined.skipped_contact_ids,
    read: read.contact.name,
    explained: explain.sentence,
    listed: listed.contact_campaign_statuses.map(({ contact_id }) => contact_id),
    refusal: { status: response.status, code, error: error?.error },
  };
}
`;

const WITH_HEY_API = `
import { createClient, createConfig } from "./client/client/index.ts";
import * as api from "./client/index.ts";

export async function calls(wish: { baseUrl: string; key: string; sequence: string; mailbox: string; outsider: string; nobody: string }) {
  const client = createClient(createConfig({ baseUrl: wish.baseUrl, auth: wish.key }));
  const sure = { client, throwOnError: true } as const;
  const health = await api.authHealth(sure);
  const body = { first_name: "Kari", last_name: "Nordmann", email: "kari@example.no" };
  const tried = await api.contactsCreate({ ...sure, body, headers: { "Dry-Run": true } });
  const once = { "Idempotency-Key": "kari" };
  const { contact } = (await api.contactsCreate({ ...sure, body, headers: once })).data;
  await api.contactsCreate({ ...sure, body, headers: once });
  const found = await api.contactsSearch({ ...sure, body: { q_keywords: "Kari" } });
  const sequences = await api.sequencesSearch({ ...sure, body: {} });
  const joined = (await api.joiningAddContacts({
    ...sure,
    path: { id: wish.sequence },
    body: { contact_ids: [contact.id, wish.outsider], send_email_from_email_account_id: [wish.mailbox] },
  })).data;
  if (!("contacts" in joined)) throw new Error("so few are added at once");
  const path = { id: contact.id };
  const read = await api.contactsGet({ ...sure, path });
  const { explain } = (await api.explainContact({ ...sure, path })).data;
  const listed = await api.enrollmentsSearchGet({
    ...sure,
    query: { "emailer_campaign_ids[]": [wish.sequence, wish.nobody], "contact_ids[]": [contact.id] },
  });
  const { error, response } = await api.contactsGet({ client, path: { id: wish.nobody } });
  const code: "contact_unknown" | undefined = error?.code === "contact_unknown" ? error.code : undefined;
  return {
    isHealthy: health.data.healthy,
    isLoggedIn: health.data.is_logged_in,
    tried: tried.data.dry_run,
    created: contact.id,
    found: found.data.contacts.map(({ id }) => id),
    sequences: sequences.data.emailer_campaigns.map(({ name }) => name),
    joined: joined.contacts.map(({ id }) => id),
    skipped: joined.skipped_contact_ids,
    read: read.data.contact.name,
    explained: explain.sentence,
    listed: listed.data.contact_campaign_statuses.map(({ contact_id }) => contact_id),
    refusal: { status: response?.status ?? 0, code, error: error?.error },
  };
}
`;
