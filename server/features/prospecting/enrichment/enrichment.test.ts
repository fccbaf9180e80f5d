// People and companies looked up: in the store, with providers that are decent and providers that are not, and later.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { actFor } from "../../../engine/running/act-for.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { type Answering, json, openProvider } from "../../../testing/provider-peer.ts";
import { until } from "../../../testing/sending.ts";
import { type ContactInput, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { savePeople } from "../people/commands.ts";

const peers = await Promise.all([openProvider(), openProvider()]);
const [first, second] = peers as [(typeof peers)[0], (typeof peers)[0]];
after(() => Promise.all(peers.map((peer) => peer.close())));
const world = useWorld({ webhookAllow: LOOPBACK });

const INES = {
  firstName: "Ines",
  lastName: "Okafor",
  title: "Head of Plant",
  email: "ines@kraft.no",
  emailStatus: "verified",
  linkedinUrl: "https://www.linkedin.com/in/ines-okafor",
  personalEmails: ["ines@home.no"],
  organization: { name: "Norrland Kraft", domain: "kraft.no", industry: "energy" },
};

const told = (rest: object = {}) => ({
  person: {
    id: "theirs-1",
    first_name: "Per",
    last_name: "Lund",
    title: "Buyer",
    email: "per@fjord.no",
    email_status: "verified",
    organization: { name: "Fjord Energi", primary_domain: "fjord.no" },
    ...rest,
  },
});

async function teamWith(...people: Parameters<typeof savePeople>[2]) {
  const team = await world.newTeam();
  if (people.length > 0) await inTeam(team, (act) => savePeople(act, "csv", people));
  return team;
}

function inTeam<T>(team: Team, work: Parameters<typeof actFor<T>>[2]) {
  return actFor(world.running.app, { teamId: team.id, userId: team.owner.id, cause: "test" }, work);
}

async function connect(
  team: Team,
  peer: (typeof peers)[0],
  answer: Answering,
  rest: Partial<Input<"enrichmentProviders", "create">> = {},
) {
  peer.answer = answer;
  peer.asked.length = 0;
  const wish = {
    kind: "apollo",
    base_url: peer.url,
    provider_key: "their-key",
    retries: 0,
    timeout_ms: 30_000, // providers that answer do so in time, even on a busy machine
  } as const;
  const { provider } = await team.api.enrichmentProviders.create({
    name: `P${peers.indexOf(peer)}`,
    ...wish,
    ...rest,
  });
  return provider;
}

async function spent(team: Team) {
  return (await team.api.usageStats.creditUsage()).credit_usage_stats.lead_credit.consumed;
}

async function reportOf(team: Team, id: string) {
  const { providers } = await team.api.enrichmentProviders.list();
  return providers.find((one) => one.id === id)?.last_30_days;
}

async function refusedAs(call: Promise<unknown>) {
  const refusal = await refused(call);
  const { status, code, message } = refusal;
  return { status, code, message, said: refusal.body as Record<string, unknown> };
}

test("the people database finds a person by any clue, and a person found costs one credit in thirty days", async () => {
  const team = await teamWith(INES);
  const hash = (algorithm: string) => createHash(algorithm).update("ines@kraft.no").digest("hex");
  const clues = [
    { email: "INES@kraft.no" },
    { hashed_email: hash("md5") },
    { hashed_email: hash("sha256") },
    { linkedin_url: "linkedin.com/in/ines-okafor/" },
    { first_name: "Ines", last_name: "Okafor", domain: "www.kraft.no" },
    { name: "Ines Okafor", organization_domain: "kraft.no" },
    { name: "Ines Okafor", organization_name: "Norrland Kraft" },
  ];
  for (const clue of clues) {
    const { person } = await team.api.people.match(clue);
    assert.equal(person?.email, "ines@kraft.no", JSON.stringify(clue));
    assert.deepEqual(
      [
        person.organization?.primary_domain,
        person.stale,
        person.revealed_for_current_team,
        person.personal_emails,
      ],
      ["kraft.no", false, true, []],
    );
  }
  assert.equal(await spent(team), 1);
  world.advance({ hours: 31 * 24 });
  await Promise.all([1, 2, 3, 4].map(() => team.api.people.match({ email: "ines@kraft.no" })));
  assert.equal(await spent(team), 1, "in the next cycle once more, however many ask at once");
  const open = await team.api.people.match({ email: "ines@kraft.no", reveal_personal_emails: true });
  assert.deepEqual(open.person?.personal_emails, ["ines@home.no"]);
});

test("no match is null and costs nothing, and a name alone identifies no one", async () => {
  const team = await teamWith(INES);
  for (const clue of [{ email: "nobody@kraft.no" }, { name: "Ines Okafor" }, {}, { domain: "kraft.no" }])
    assert.equal((await team.api.people.match(clue)).person, null, JSON.stringify(clue));
  assert.equal(await spent(team), 0);
});

test("many at once keep their order, and more than ten are refused as Apollo does", async () => {
  const team = await teamWith(INES);
  const details = [
    { email: "x@y.no" },
    { email: "ines@kraft.no" },
    { name: "Ines Okafor", domain: "kraft.no" },
  ];
  const { matches, ...counts } = await team.api.people.bulkMatch({ details });
  assert.deepEqual(
    matches.map((one) => one?.email ?? null),
    [null, "ines@kraft.no", "ines@kraft.no"],
  );
  assert.deepEqual(counts, {
    status: "success",
    error_code: null,
    error_message: null,
    total_requested_enrichments: 3,
    unique_enriched_records: 1,
    missing_records: 1,
    credits_consumed: 1,
  });
  const refusal = await refusedAs(
    team.api.people.bulkMatch({ details: Array(11).fill({ email: "x@y.no" }) }),
  );
  assert.deepEqual(
    [refusal.status, refusal.said.error_code, refusal.said.error_message],
    [400, "RECORD_LIMIT_EXCEEDED", "cannot enrich more than 10 in a single request"],
  );
  for (const nobody of [{ details: [] }, {}]) {
    const { status, said } = await refusedAs(team.api.people.bulkMatch(nobody));
    assert.deepEqual(
      [status, said.error_code, said.error_message],
      [400, "INVALID_REQUEST", "invalid request, missing details"],
    );
  }
});

test("a person's page is open once they are paid for, and a stranger's is not there", async () => {
  const team = await teamWith(INES);
  const stranger = await teamWith();
  const { people } = await team.api.mixedPeople.searchWhole({});
  const id = people[0]?.id ?? "";
  assert.equal((await team.api.people.show({ id })).person.email, "email_not_unlocked@domain.com");
  await team.api.people.match({ id });
  assert.equal((await team.api.people.show({ id })).person.email, "ines@kraft.no");
  assert.equal((await refused(stranger.api.people.show({ id }))).status, 404);
  assert.equal((await stranger.api.people.match({ id })).person, null);
});

test("companies are found by domain, profile or name, one and many", async () => {
  const team = await teamWith(INES);
  for (const clue of [
    { domain: "https://www.kraft.no/" },
    { name: "norrland kraft" },
    { website: "kraft.no" },
  ])
    assert.equal((await team.api.organizations.enrich(clue)).organization?.name, "Norrland Kraft");
  assert.equal((await team.api.organizations.enrich({ domain: "nowhere.no" })).organization, null);
  const refusal = await refusedAs(team.api.organizations.enrich({}));
  assert.deepEqual([refusal.status, refusal.message], [422, "Required parameter 'domain' missing"]);
  const bulk = await team.api.organizations.bulkEnrich({ domains: ["kraft.no", "nowhere.no"] });
  assert.deepEqual(
    [bulk.total_requested_domains, bulk.unique_enriched_records, bulk.missing_records, bulk.organizations[1]],
    [2, 1, 1, null],
  );
  const byDetails = await team.api.organizations.bulkEnrich({ details: [{ name: "Norrland Kraft" }] });
  assert.equal(byDetails.organizations[0]?.primary_domain, "kraft.no");
  const { organization } = await team.api.organizations.show({ id: bulk.organizations[0]?.id ?? "" });
  assert.equal(organization.industry, "energy");
  assert.equal(await spent(team), 1);
});

test("a provider is asked for whom the store does not know, paid its own price, and not twice", async () => {
  const team = await teamWith();
  const { id } = await connect(team, first, json(told()), { price: 3 });
  const wish = { first_name: "Per", last_name: "Lund", domain: "fjord.no" };
  const { person } = await team.api.people.match(wish);
  assert.deepEqual(
    [person?.email, person?.organization?.name, person?.source],
    ["per@fjord.no", "Fjord Energi", "P0"],
  );
  const [asked] = first.asked;
  assert.deepEqual(
    [asked?.path, asked?.headers["x-api-key"], asked?.body],
    ["/api/v1/people/match", "their-key", wish],
  );
  assert.equal(await spent(team), 3);
  await team.api.people.match(wish);
  await team.api.people.match({ email: "per@fjord.no" });
  assert.equal(first.asked.length, 1);
  assert.equal(await spent(team), 3, "whoever was paid for is known for thirty days");
  assert.deepEqual(await reportOf(team, id).then((r) => [r?.asked, r?.hits, r?.credits]), [1, 1, 3]);
  const all = JSON.stringify(await team.api.enrichmentProviders.list());
  assert.ok(!all.includes("their-key"));
});

test("a person who is named twice is asked for once, and paid for once", async () => {
  const team = await teamWith();
  await connect(team, first, json(told()), { price: 2 });
  const details = Array(3).fill({ email: "per@fjord.no" });
  const { matches, credits_consumed } = await team.api.people.bulkMatch({ details });
  assert.deepEqual(
    [matches.map((one) => one?.email), credits_consumed, first.asked.length, await spent(team)],
    [["per@fjord.no", "per@fjord.no", "per@fjord.no"], 2, 1, 2],
  );
});

test("providers are asked in the team's order until one knows, and a miss is not asked again", async () => {
  const team = await teamWith();
  const a = await connect(team, first, json({ person: null }));
  const b = await connect(team, second, json(told()));
  await team.api.enrichmentProviders.order({ provider_ids: [b.id, a.id] });
  await team.api.people.match({ email: "per@fjord.no" });
  assert.deepEqual([first.asked.length, second.asked.length], [0, 1]);
  second.answer = json({ person: null });
  for (let n = 0; n < 2; n++)
    assert.equal((await team.api.people.match({ email: "eva@fjord.no" })).person, null);
  assert.deepEqual([first.asked.length, second.asked.length], [1, 2]);
  assert.equal(await spent(team), 1);
  world.advance({ hours: 31 * 24 });
  await team.api.people.match({ email: "eva@fjord.no" });
  assert.deepEqual([first.asked.length, second.asked.length], [2, 3]);
});

test("a provider that hangs, lies, babbles, floods or breaks costs nothing, and the next one is asked", async () => {
  const unfit: [string, Answering][] = [
    ["timed_out", () => {}],
    ["somebody_else", json(told({ first_name: "Eva", last_name: "Berg", email: "eva@fjord.no" }))],
    ["unreadable_answer", (_asked, response) => response.end("<html>")],
    [
      "unreadable_answer",
      (_asked, response) => response.end(`{"person":{"first_name":"${"x".repeat(3_000_000)}"}}`),
    ],
    ["status_500", json({}, 500)],
    ["status_401", json({}, 401)],
  ];
  for (const [error, answer] of unfit) {
    const team = await teamWith();
    const { id } = await connect(team, first, answer, error === "timed_out" ? { timeout_ms: 300 } : {});
    await connect(team, second, json(told()));
    const { person } = await team.api.people.match({ name: "Per Lund", domain: "fjord.no" });
    assert.equal(person?.email, "per@fjord.no", error);
    assert.equal(await spent(team), 1, error);
    const noted = await asOwner(world, async (client) => {
      const { rows } = await client.query("select error from provider_calls where provider_id = $1", [id]);
      return rows[0]?.error as string;
    });
    assert.equal(noted, error);
  }
});

test("a provider that says 429 is not asked for as long as it says, an hour at most, and others are asked", async () => {
  const team = await teamWith();
  const { id } = await connect(team, first, json({}, 429, { "retry-after": "86400" }));
  await team.api.people.bulkMatch({
    details: [{ email: "a@b.no" }, { email: "c@d.no" }, { email: "e@f.no" }],
  });
  assert.ok(first.asked.length <= 3);
  const before = first.asked.length;
  await team.api.people.match({ email: "g@h.no" });
  assert.equal(first.asked.length, before);
  const paused = (await team.api.enrichmentProviders.list()).providers[0]?.paused_until ?? "";
  const seconds = (Date.parse(paused) - world.running.app.now().epochMilliseconds) / 1000;
  assert.ok(seconds > 3000 && seconds <= 3600, `${seconds}`);
  await team.api.enrichmentProviders.update({ id, enabled: true });
  first.answer = json(told());
  assert.equal((await team.api.people.match({ email: "per@fjord.no" })).person?.last_name, "Lund");
});

test("a failure is tried again as often as was said, and a ceiling is not passed", async () => {
  const team = await teamWith();
  let calls = 0;
  const flaky: Answering = (asked, response) =>
    ++calls < 3 ? json({}, 503)(asked, response) : json(told())(asked, response);
  await connect(team, first, flaky, { retries: 2, ceiling: 1 });
  assert.equal((await team.api.people.match({ email: "per@fjord.no" })).person?.last_name, "Lund");
  assert.equal(calls, 3);
  const tight = await teamWith();
  await connect(tight, second, json(told()), { price: 5, ceiling: 4 });
  assert.equal((await tight.api.people.match({ email: "per@fjord.no" })).person, null);
  assert.equal(second.asked.length, 0);
});

test("what the team may not pay for is not asked", async () => {
  const team = await teamWith(INES);
  await connect(team, first, json(told()), { price: 4 });
  await team.api.credits.allow({ kind: "lead_credit", limit: 3 });
  const refusal = await refusedAs(team.api.people.match({ email: "per@fjord.no" }));
  assert.deepEqual([refusal.status, refusal.code, refusal.said.fits], [422, "insufficient_credits", 0]);
  assert.equal(first.asked.length, 0);
  await team.api.people.match({ email: "ines@kraft.no" });
});

test("a provider is called as its mapping says, its key in its place", async () => {
  const team = await teamWith();
  const answer = json({
    data: { mails: [{ v: "per@fjord.no" }], who: "Per Lund", job: { at: "Fjord Energi" } },
  });
  await connect(team, first, answer, {
    kind: "http",
    base_url: null,
    mapping: {
      key: { in: "query", name: "token" },
      person: {
        method: "GET",
        url: `${first.url}/v2/find?company={{domain}}&name={{name}}`,
        result: { email: "data.mails[0].v", name: "data.who", organization_name: "data.job.at" },
      },
    },
  });
  const { person } = await team.api.people.match({ name: "Per Lund", domain: "fjord.no" });
  assert.deepEqual([person?.email, person?.organization_name], ["per@fjord.no", "Fjord Energi"]);
  const [asked] = first.asked;
  assert.deepEqual(
    [asked?.path, asked?.query.get("company"), asked?.query.get("name"), asked?.query.get("token")],
    ["/v2/find", "fjord.no", "Per Lund", "their-key"],
  );
});

test("private addresses are refused as providers and callbacks where no operator has allowed them", async () => {
  const team = await world.newTeam();
  for (const base_url of [
    "http://169.254.169.254/",
    "http://10.0.0.7:8080",
    "ftp://x",
    "http://localhost./",
  ]) {
    const wish = { name: base_url, kind: "apollo", base_url, provider_key: "k" } as const;
    assert.equal(
      (await refused(team.api.enrichmentProviders.create(wish))).code,
      "provider_url_refused",
      base_url,
    );
  }
  const later = { email: "a@b.no", reveal_phone_number: true };
  assert.equal((await refused(team.api.people.match(later))).code, "webhook_url_missing");
  const wish = { ...later, webhook_url: "http://10.0.0.7/hook" };
  assert.equal((await refused(team.api.people.match(wish))).code, "provider_url_refused");
  assert.equal((await team.api.enrichmentProviders.list()).providers.length, 0);
});

test("a provider is tried with one question, and only admins see providers", async () => {
  const team = await teamWith();
  const { id } = await connect(team, first, json(told()));
  const tried = await team.api.enrichmentProviders.test({ id, email: "per@fjord.no" });
  assert.deepEqual([tried.outcome, tried.found?.lastName], ["hit", "Lund"]);
  first.answer = json({}, 401);
  assert.deepEqual((await team.api.enrichmentProviders.test({ id, domain: "fjord.no" })).error, "status_401");
  assert.equal(await spent(team), 0);
  const { api_key } = await team.api.apiKeys.create({ name: "narrow", scopes: ["read_only"] });
  assert.equal((await refused(world.client({ apiKey: api_key.key }).enrichmentProviders.list())).status, 403);
});

test("a number comes later: by callback, and for thirty days by its request's id", async () => {
  const team = await teamWith({ ...INES, phones: [{ number: "+4712345678", type: "mobile", status: null }] });
  second.answer = json({});
  second.asked.length = 0;
  const wish = { email: "ines@kraft.no", reveal_phone_number: true, webhook_url: `${second.url}/hook` };
  const { person, request_id = 0, waterfall } = await team.api.people.match(wish);
  assert.equal(person?.email, "ines@kraft.no");
  assert.equal(waterfall, undefined);
  const [called] = await until(async () => (second.asked.length > 0 ? second.asked : undefined));
  const said = (called?.body ?? {}) as { people?: { phone_numbers: object[] }[]; request_id?: string };
  assert.equal(said.request_id, String(request_id));
  assert.equal(said.people?.[0]?.phone_numbers.length, 1);
  const result = await until(async () => {
    const seen = await team.api.webhookResults.show({ request_id: String(request_id) });
    return seen.last_dispatched_at ? seen : undefined;
  });
  assert.deepEqual([result.webhook_status, result.request_type], ["success", "phone"]);
  const dial = (await team.api.usageStats.creditUsage()).credit_usage_stats.direct_dial_credit.consumed;
  assert.equal(dial, 8);
  const stranger = await world.newTeam();
  const cases: [Team, string, number, string][] = [
    [stranger, String(request_id), 404, "request_id_unknown"],
    [team, "1", 404, "request_id_unknown"],
    [team, "abc", 400, "invalid_request_id"],
  ];
  for (const [who, id, status, code] of cases) {
    const refusal = await refusedAs(who.api.webhookResults.show({ request_id: id }));
    assert.deepEqual([refusal.status, refusal.said.error_code], [status, code]);
  }
  world.advance({ hours: 30 * 24 + 1 });
  const gone = await refusedAs(team.api.webhookResults.show({ request_id: String(request_id) }));
  assert.deepEqual([gone.status, gone.said.error_code], [410, "request_id_expired"]);
});

test("a waterfall asks every provider until there is an address and says so at once", async () => {
  const team = await teamWith();
  await connect(team, first, json(told({ email: null })), { price: 4 });
  await connect(team, second, json(told()), { price: 7 });
  const { request_id = 0, waterfall } = await team.api.people.match({
    name: "Per Lund",
    domain: "fjord.no",
    run_waterfall_email: true,
  });
  assert.equal(waterfall?.status, "accepted");
  const result = await until(() =>
    team.api.webhookResults.show({ request_id: String(request_id) }).catch(() => undefined),
  );
  assert.equal(result.request_type, "waterfall");
  assert.ok(JSON.stringify(result.webhook_result).includes("per@fjord.no"));
  const { usage } = await team.api.credits.usage({});
  const paid = usage.map(({ kind, action, ...rest }) => [kind, action, rest]);
  assert.ok(JSON.stringify(paid).includes("waterfall_email"), JSON.stringify(paid));
  assert.equal(await spent(team), 11, "each source its own price, the one without an address too");
});

test("a waterfall for a number asks every provider until there is one, and says so at once", async () => {
  const team = await teamWith();
  const wish = { name: "Per Lund", domain: "fjord.no", run_waterfall_phone: true };
  await connect(team, first, json(told()), { price: 4 });
  await connect(
    team,
    second,
    json(told({ phone_numbers: [{ sanitized_number: "+4790012345", type: "mobile" }] })),
    {
      price: 7,
    },
  );
  const { person, request_id = 0, waterfall } = await team.api.people.match(wish);
  assert.equal(waterfall?.status, "accepted");
  assert.ok(!JSON.stringify(person).includes("+4790012345"), "the number comes later");
  const result = await until(() =>
    team.api.webhookResults.show({ request_id: String(request_id) }).catch(() => undefined),
  );
  assert.equal(result.request_type, "waterfall");
  assert.ok(
    JSON.stringify(result.webhook_result).includes("+4790012345"),
    JSON.stringify(result.webhook_result),
  );
  const { usage } = await team.api.credits.usage({});
  assert.ok(JSON.stringify(usage).includes("waterfall_phone"), JSON.stringify(usage));
});

test("contacts get missing facts, and a contact who has changed jobs is not enrolled because of it", async () => {
  const team = await teamWith(INES, {
    firstName: "Per",
    lastName: "Lund",
    linkedinUrl: "https://linkedin.com/in/per",
    email: "per@fjord.no",
    title: "Chief buyer",
    organization: { name: "Fjord Energi", domain: "fjord.no" },
  });
  const create = async (wish: ContactInput) => (await team.api.contacts.create(wish)).contact.id;
  const ines = await create({
    first_name: "Ines",
    last_name: "Okafor",
    email: "ines@kraft.no",
    title: "Mine",
  });
  const per = await create({
    first_name: "Per",
    last_name: "Lund",
    email: "per@old.no",
    organization_name: "Old AS",
    linkedin_url: "https://linkedin.com/in/per",
  });
  const nobody = await create({ first_name: "No", last_name: "Body", email: "no@body.no" });
  const { entity_progress_job: job } = await team.api.contacts.enrich({ contact_ids: [ines, per, nobody] });
  const done = await until(async () => {
    const { entity_progress_job: seen } = await team.api.progress.get({ id: job.id });
    return seen.finished_at ? seen : undefined;
  });
  assert.deepEqual(done.counts, { enriched: 1, job_changed: 1, not_found: 1 }, done.error ?? "");
  const learnt = (await team.api.contacts.get({ id: ines })).contact;
  assert.deepEqual([learnt.title, learnt.linkedin_url], ["Mine", INES.linkedinUrl]);
  const { emailer_campaign: sequence } = await team.api.sequences.create({ name: "Any" });
  const found = await team.api.joining.checkDeployability({
    emailer_campaign_id: sequence.id,
    contact_ids: [per],
  });
  assert.equal(found.num_with_job_change_contacts, 1);
  const { audit_log } = await team.api.auditLog.list({ subject_id: per });
  assert.ok(audit_log.some(({ type }) => type === "person.job_changed"));
  assert.equal(await spent(team), 2);
});

test("a job change moves a contact to the stage that their sequence names, or the default ruleset", async () => {
  const moving = (n: number) => ({
    firstName: "Per",
    lastName: `Lund ${n}`,
    linkedinUrl: `https://linkedin.com/in/per${n}`,
    organization: { name: "Fjord Energi", domain: "fjord.no" },
  });
  const team = await teamWith(...[1, 2, 3].map(moving));
  const stageOf = async (name: string) => (await team.api.contactStages.create({ name })).contact_stage.id;
  const [left, ours] = [await stageOf("Left"), await stageOf("Follow them")];
  const { sequence_rulesets: rulesets } = await team.api.rulesets.list({});
  const usual = rulesets.find((one) => one.default);
  const says = { contact_email_event_to_stage_mapping: { job_changed: left } };
  if (usual) await team.api.rulesets.update({ id: usual.id, ...says });
  else await team.api.rulesets.create({ name: "Usual", default: true, ...says });
  const [own, silent] = [await newSequence(team), await newSequence(team)];
  await team.api.sequences.update({
    id: own.id,
    contact_email_event_to_stage_mapping: { job_changed: ours },
  });
  const mailbox = await newMailbox(team);
  const ids: string[] = [];
  for (const n of [1, 2, 3]) {
    const { contact } = await team.api.contacts.create({
      first_name: "Per",
      last_name: `Lund ${n}`,
      email: `per${n}@old.no`,
      organization_name: "Old AS",
      linkedin_url: `https://linkedin.com/in/per${n}`,
    });
    ids.push(contact.id);
  }
  for (const [n, sequence] of [own, silent].entries())
    await team.api.joining.addContacts({
      id: sequence.id,
      emailer_campaign_id: sequence.id,
      contact_ids: [ids[n] as string],
      send_email_from_email_account_id: [mailbox.id],
      sequence_unverified_email: true,
    });
  const enrich = async () => {
    const { entity_progress_job: job } = await team.api.contacts.enrich({ contact_ids: ids });
    return until(async () => {
      const { entity_progress_job: seen } = await team.api.progress.get({ id: job.id });
      return seen.finished_at ? seen : undefined;
    });
  };
  assert.deepEqual((await enrich()).counts, { job_changed: 3 });
  const stages = async () =>
    Promise.all(ids.map(async (id) => (await team.api.contacts.get({ id })).contact.contact_stage_id));
  assert.deepEqual(await stages(), [ours, left, left]);
  const { audit_log } = await team.api.auditLog.list({ subject_id: ids[0] as string });
  assert.ok(audit_log.some(({ type }) => type === "contact.stage_changed"));
  await team.api.contacts.update({ id: ids[2] as string, contact_stage_id: ours });
  assert.deepEqual((await enrich()).counts, { unchanged: 3 }, "one change is found once");
  assert.deepEqual(await stages(), [ours, left, ours]);
});

test("an account learns what is missing of its company", async () => {
  const team = await teamWith({ ...INES, organization: { ...INES.organization, foundedYear: 1921 } });
  const { account } = await team.api.accounts.create({ name: "Mine", domain: "kraft.no" });
  const enriched = await team.api.accounts.enrich({ id: account.id });
  assert.equal(enriched.found, true);
  assert.deepEqual(enriched.changed.sort(), ["founded_year", "industry", "organization_id"]);
  const shown = (await team.api.accounts.get({ id: account.id })).account;
  assert.deepEqual([shown.name, shown.industry], ["Mine", "energy"]);
  const { account: unknown } = await team.api.accounts.create({ name: "Nobody knows", domain: "nowhere.no" });
  assert.deepEqual(await team.api.accounts.enrich({ id: unknown.id }), { found: false, changed: [] });
  assert.equal((await refused(team.api.accounts.enrich({ id: team.id }))).status, 404);
  assert.equal(await spent(team), 1);
});

test("what was heard long ago is marked as stale, and providers are asked again", async () => {
  const team = await teamWith(INES);
  world.advance({ hours: 91 * 24 });
  assert.equal((await team.api.people.match({ email: "ines@kraft.no" })).person?.stale, true);
  await connect(team, first, json(told({ first_name: "Ines", last_name: "Okafor", email: "ines@kraft.no" })));
  assert.equal((await team.api.people.match({ email: "ines@kraft.no" })).person?.stale, false);
  assert.equal(first.asked.length, 1);
});

test("a dry run asks no provider and spends nothing", async () => {
  const team = await teamWith(INES);
  await connect(team, first, json(told()));
  const dry = world.client({ apiKey: team.key, headers: { "dry-run": "true" } });
  const answer = await dry.people.match({ email: "per@fjord.no" }).catch((error: unknown) => error);
  assert.equal(first.asked.length, 0, JSON.stringify(answer));
  assert.equal(await spent(team), 0);
});

test("after all that the ledger sums to nothing", async () => {
  const checks = readFileSync(new URL("../../../testing/ledger-invariants.sql", import.meta.url), "utf8");
  assert.deepEqual(await asOwner(world, async (client) => (await client.query(checks)).rows), []);
});

test("twenty who look up the same at once ask and pay a provider once", async () => {
  const team = await teamWith();
  const slowly: Answering = (asked, response) => void setTimeout(() => json(told())(asked, response), 3_000);
  const provider = await connect(team, first, slowly, { price: 3 });
  const clue = { name: "Per Lund", domain: "fjord.no" };
  const before = await spent(team);
  const answers = await Promise.all(Array.from({ length: 20 }, () => team.api.people.match(clue)));
  assert.deepEqual(new Set(answers.map(({ person }) => person?.email)), new Set(["per@fjord.no"]));
  assert.equal(first.asked.length, 1);
  assert.equal((await reportOf(team, provider.id))?.credits, 3);
  assert.equal((await spent(team)) - before, 3, "the others are told what was paid for");
  const companies = await Promise.all(
    Array.from({ length: 20 }, () => team.api.organizations.enrich({ domain: "sundkraft.no" })),
  );
  assert.deepEqual([companies.length, first.asked.length], [20, 2]);
});

test("a lookup that waits for one that fails does not ask in its place, and none waits for a dead process", async () => {
  const team = await teamWith();
  await connect(team, first, (_asked, response) => void setTimeout(() => response.destroy(), 5_000), {
    price: 1,
  });
  const clue = { name: "Per Lund", domain: "fjord.no" };
  const failed = await Promise.all(Array.from({ length: 8 }, () => team.api.people.match(clue)));
  assert.deepEqual([failed.every(({ person }) => person === null), first.asked.length], [true, 1]);
  first.answer = json(told());
  await asOwner(world, (client) =>
    client.query(
      "update lookup_claims set held_until = clock_timestamp() + interval '1 hour' where team_id = $1",
      [team.id],
    ),
  );
  const { rows } = await asOwner(world, (client) =>
    client.query("select 1 from lookup_claims where team_id = $1", [team.id]),
  );
  assert.equal(rows.length, 0, "those who are done hold nothing");
  const digest = await asOwner(world, async (client) => {
    const { rows } = await client.query("select question from provider_calls where team_id = $1 limit 1", [
      team.id,
    ]);
    await client.query(
      "insert into lookup_claims values ($1, $2, $3, clock_timestamp() + interval '1 second')",
      [team.id, rows[0].question, "0".repeat(24)],
    );
    return rows[0].question as Buffer;
  });
  const { person } = await team.api.people.match(clue);
  assert.deepEqual([person?.email, digest.length], ["per@fjord.no", 32]);
});

test("two contacts of one person looked up together cost once, and a deleted contact costs nothing again", async () => {
  const team = await teamWith(INES);
  const create = async (email: string) =>
    (await team.api.contacts.create({ email, linkedin_url: INES.linkedinUrl })).contact.id;
  const ids = [await create(INES.email), await create("ines@home.no")];
  const enrich = async (contact_ids: string[]) => {
    const { entity_progress_job: job } = await team.api.contacts.enrich({ contact_ids });
    await until(async () => (await team.api.progress.get({ id: job.id })).entity_progress_job.finished_at);
  };
  await enrich(ids);
  assert.equal(await spent(team), 1);
  for (const id of ids) await team.api.contacts.delete({ id });
  await enrich([await create(INES.email)]);
  assert.equal(await spent(team), 1);
});

test("a contact is who a provider says bears their address, as soon as it was asked", async () => {
  const team = await teamWith();
  await connect(team, first, json(told()));
  const { contact } = await team.api.contacts.create({ email: "per@fjord.no" });
  const { person } = await team.api.people.match({ name: "Per Lund", domain: "fjord.no" });
  assert.ok(person);
  assert.equal((await team.api.contacts.get({ id: contact.id })).contact.person_id, person.id);
});
