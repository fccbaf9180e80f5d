// A team's language model: connected, tried and left alone, whatever its server answers.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { askOnce } from "../../../engine/automation/ask-models.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { connectModel, openModel, says, toldTo } from "../../../testing/model-peer.ts";
import { type Answering, json } from "../../../testing/provider-peer.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const peer = await openModel();
after(() => peer.close());
const world = useWorld({ webhookAllow: LOOPBACK });

const FINE = says({ opener: "Keeping turbines turning is no small thing." });

async function connected(rest: Partial<Input<"languageModel", "save">> = {}, answer: Answering = FINE) {
  peer.answer = answer;
  peer.asked.length = 0;
  const team = await world.newTeam();
  await connectModel(team, peer, rest);
  return team;
}

async function withProposals(rest: Partial<Input<"languageModel", "save">>, answer: Answering, count = 1) {
  const team = await connected({ drafts_openers: true, ...rest }, answer);
  return { team, ...(await propose(team, count)) };
}

async function propose(team: Team, count: number) {
  const box = await newMailbox(team, { email_daily_threshold: 50 });
  const sequence = await newSequence(team);
  for (let n = 0; n < count; n++) await newContact(team, { title: "Buyer" });
  const { copilot } = await team.api.copilots.create({
    name: "Buyers",
    filters: { email_statuses: ["verified"] },
    per_day: 50,
    emailer_campaign_id: sequence.id,
    email_account_ids: [box.id],
  });
  const { proposals } = await team.api.copilots.propose({ id: copilot.id });
  return { copilot, proposals, sequence };
}

const openersOf = async (team: Team, id: string) =>
  (await team.api.copilots.proposals({ id, per_page: 100 })).proposals.map(({ opener }) => opener);
const usageOf = async ({ api }: Team) => (await api.languageModel.show()).usage[0];

test("it is off at first, its key is never read back, and what is not said stays", async () => {
  const team = await connected();
  const { language_model: model } = await team.api.languageModel.show();
  assert.deepEqual(
    [model?.drafts_openers, model?.suggests_classes, model?.has_key, model?.daily_calls],
    [false, false, true, 200],
  );
  assert.ok(!JSON.stringify(model).includes("sk-secret"));
  await team.api.languageModel.save({ daily_calls: 5 });
  const { language_model: changed } = await team.api.languageModel.show();
  assert.deepEqual([changed?.daily_calls, changed?.model, changed?.has_key], [5, "small-1", true]);
  const { rows } = await asOwner(world, (client) =>
    client.query("select sealed_key from language_models where team_id = $1", [team.id]),
  );
  assert.ok(!rows[0].sealed_key.includes("sk-secret"));
  await team.api.languageModel.delete();
  assert.equal((await team.api.languageModel.show()).language_model, null);
  assert.equal((await refused(team.api.languageModel.test())).code, "no_language_model");
});

test("a key goes to the server it was given for, and to no other", async () => {
  const team = await connected();
  await team.api.languageModel.save({ base_url: `${peer.url}/other` });
  assert.equal((await team.api.languageModel.show()).language_model?.has_key, true, "the same server");
  await team.api.languageModel.save({ base_url: "https://models.example.invalid/v1" });
  assert.equal((await team.api.languageModel.show()).language_model?.has_key, false);
});

test("private addresses, other protocols and keys that are none are refused with words", async () => {
  const team = await connected();
  for (const url of [
    "http://169.254.169.254/v1",
    "ftp://models.example",
    "http://user:pw@models.example/v1",
  ]) {
    const refusal = await refused(team.api.languageModel.save({ base_url: url }));
    assert.deepEqual([refusal.code, refusal.status], ["language_model_url_refused", 422], url);
  }
  const nothing = await world.newTeam();
  assert.equal((await refused(nothing.api.languageModel.save({ model: "x" }))).code, "parameter_missing");
  const bad = await refused(team.api.languageModel.save({ model_key: "a\r\nx-evil: 1" }));
  assert.equal(bad.status, 422);
});

test("the trial asks about an invented person: the request is the protocol's, and the answer is shown", async () => {
  const team = await connected({ guidance: "We sell parts.", max_tokens: 123 });
  const tried = await team.api.languageModel.test();
  assert.deepEqual(
    [tried.outcome, tried.opener, tried.prompt_tokens, tried.completion_tokens],
    ["fits", "Keeping turbines turning is no small thing.", 210, 25],
  );
  const [asked] = peer.asked;
  assert.deepEqual(
    [asked?.method, asked?.path, asked?.headers.authorization],
    ["POST", "/v1/chat/completions", "Bearer sk-secret"],
  );
  const { messages, ...rest } = (asked?.body ?? {}) as Record<string, unknown>;
  assert.deepEqual(rest, {
    model: "small-1",
    stream: false,
    max_tokens: 123,
    response_format: { type: "json_object" },
  });
  const { opener } = await team.api.languageModel.prompts();
  assert.deepEqual(messages, opener.messages, "what is shown is what is told");
  assert.deepEqual([(await usageOf(team))?.calls, (await usageOf(team))?.prompt_tokens], [1, 210]);
});

const wrongLimit = {
  error: { message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead." },
};

const FAULTS: [string, Answering, string][] = [
  ["HTML", (_, r) => r.writeHead(200, { "content-type": "text/html" }).end("<h1>Hello</h1>"), "not_json"],
  ["another shape", json({ hello: "world" }), "wrong_shape"],
  ["somebody else's role", says({}, { message: { role: "user" } }), "wrong_role"],
  ["a wish for tools", says({}, { message: { tool_calls: [{ id: "1" }] } }), "tool_calls"],
  ["words around the JSON", says("Sure! {}"), "no_json_inside"],
  ["half an answer", says({}, { choice: { finish_reason: "length" } }), "cut_short"],
  ["a wrong key", json({ error: { message: "no" } }, 401), "key_refused"],
  ["an unknown model", json({ error: { message: "no" } }, 404), "not_found"],
  ["another name for the limit", json(wrongLimit, 400), "wants_max_completion_tokens"],
  ["a fault of its own", json({}, 500), "status_500"],
  ["a redirect", json({}, 302, { location: "http://169.254.169.254/" }), "status_302"],
  ["a closed connection", (_, r) => void r.destroy(), "connection_failed"],
  ["silence", () => {}, "timed_out"],
  ["a drop a second", (_, r) => void r.writeHead(200).write("{"), "timed_out"],
  ["100 MB", (_, r) => flood(r), "unreadable_answer"],
];

function flood(response: Parameters<Answering>[1]) {
  const piece = Buffer.alloc(1024 * 1024, " ");
  response.writeHead(200, { "content-type": "application/json" });
  const go = (left: number) => {
    if (left > 0 && !response.destroyed) response.write(piece, () => go(left - 1));
    else response.end();
  };
  go(100);
}

test("whatever its server answers is told in words, and breaks nothing", async () => {
  const team = await connected();
  for (const [what, answer, error] of FAULTS) {
    peer.answer = answer;
    // A peer that answers gets time: on a busy machine an answer takes longer.
    await team.api.languageModel.save({ timeout_ms: error === "timed_out" ? 1_000 : 30_000 });
    const tried = await team.api.languageModel.test();
    assert.deepEqual([tried.outcome, tried.error], ["failed", error], what);
    assert.match(tried.says ?? "", /\w{3}.*\.$/, what);
  }
  const used = await usageOf(team);
  assert.deepEqual([used?.calls, used?.failed], [FAULTS.length, FAULTS.length]);
  peer.answer = says({ opener: "Look at https://evil.example" });
  assert.deepEqual((await team.api.languageModel.test()).outcome, "unfit");
});

test("the other name of the limit is sent where it is chosen, and a question mark stays at the end", async () => {
  const team = await connected({
    token_limit_name: "max_completion_tokens",
    base_url: `${peer.url}/?api-version=2`,
    model_key: "",
  });
  await team.api.languageModel.test();
  const [asked] = peer.asked;
  assert.equal(asked?.body.max_completion_tokens, 300);
  assert.deepEqual(
    [asked?.path, asked?.query.get("api-version"), asked?.headers.authorization],
    ["/v1/chat/completions", "2", undefined],
  );
});

test("no more is asked than the day has left", async () => {
  const { team, copilot } = await withProposals({ daily_calls: 3 }, FINE, 5);
  while ((await askOnce(world.running)) > 0);
  assert.equal(peer.asked.length, 3);
  const openers = await openersOf(team, copilot.id);
  assert.equal(openers.filter((one) => one?.state === "suggested").length, 3);
  assert.equal(openers.filter((one) => one === null).length, 2);
  world.advance({ hours: 24 });
  while ((await askOnce(world.running)) > 0);
  assert.equal(peer.asked.length, 5);
});

test("a provider that asks for a pause gets it and is asked again after it; nothing is asked twice once answered", async () => {
  const busy = json({ error: { message: "slow down" } }, 429, { "retry-after": "120" });
  const { team, copilot } = await withProposals({}, busy);
  while ((await askOnce(world.running)) > 0);
  assert.equal(peer.asked.length, 1);
  assert.equal((await openersOf(team, copilot.id))[0]?.state, "waiting");
  assert.ok((await team.api.languageModel.show()).language_model?.paused_until);
  peer.answer = FINE;
  world.advance({ seconds: 121 });
  while ((await askOnce(world.running)) > 0);
  assert.equal((await openersOf(team, copilot.id))[0]?.state, "suggested");
  while ((await askOnce(world.running)) > 0);
  assert.equal(peer.asked.length, 2);
});

test("who fails five times is left in peace; what failed is told, and asked again by a person", async () => {
  const { team, copilot, proposals } = await withProposals({}, json({}, 500), 8);
  while ((await askOnce(world.running)) > 0);
  assert.ok(peer.asked.length >= 5 && peer.asked.length <= 8, `${peer.asked.length}`);
  const failed = (await openersOf(team, copilot.id)).find((one) => one?.state === "failed");
  assert.deepEqual([failed?.error, failed?.says], ["status_500", "The server answered with status 500."]);
  assert.match((await team.api.languageModel.show()).language_model?.last_error ?? "", /status 500/);
  peer.answer = FINE;
  world.advance({ hours: 1 });
  while ((await askOnce(world.running)) > 0);
  const [one] = proposals.filter(({ id }) => id);
  const again = { id: copilot.id, proposal_id: one?.id as string, decision: "draft_again" as const };
  const { proposals: waiting } = await team.api.copilots.decideOpener(again);
  assert.equal(waiting[0]?.opener?.state, "waiting");
  while ((await askOnce(world.running)) > 0);
  const { proposals: now } = await team.api.copilots.proposals({ id: copilot.id });
  assert.equal(now.find(({ id }) => id === one?.id)?.opener?.state, "suggested");
});

test("a model that was switched off, or never on, is told nothing", async () => {
  const { team } = await withProposals({ drafts_openers: false }, FINE);
  while ((await askOnce(world.running)) > 0);
  assert.equal(peer.asked.length, 0);
  await team.api.languageModel.save({ drafts_openers: true });
  await team.api.languageModel.delete();
  while ((await askOnce(world.running)) > 0);
  assert.equal(peer.asked.length, 0);
});

test("the prompt about a contact is shown before it is sent, and holds no address and no last name", async () => {
  const team = await connected();
  const id = await newContact(team, {
    first_name: "Ines",
    last_name: "Okafor",
    title: "Plant manager",
    email: "ines@kraft-hemlig.example",
    organization_name: "Kraft",
    direct_phone: "+46 70 123 45 67",
  });
  const { opener } = await team.api.languageModel.prompts({ contact_id: id });
  const text = JSON.stringify(opener);
  assert.match(text, /Ines.*Plant manager.*Kraft/s);
  assert.doesNotMatch(text, /Okafor|hemlig|4670|123 45/);
  const strange = await refused(team.api.languageModel.prompts({ contact_id: "64f0aa0000000000000000ff" }));
  assert.equal(strange.code, "record_not_found");
});

test("contacts who may not be mailed are never described to the model, and the reason is shown", async () => {
  const team = await connected({ drafts_openers: true });
  const { copilot, proposals } = await propose(team, 3);
  const [first, second, third] = proposals.map(({ contact }) => contact);
  await team.api.contacts.update({ id: first?.id as string, do_not_contact: true });
  await team.api.suppressions.create({ value: second?.email as string });
  while ((await askOnce(world.running)) > 0);
  assert.equal(peer.asked.length, 1);
  assert.ok(toldTo(peer).includes((third?.name ?? "").trim()));
  const { proposals: now } = await team.api.copilots.proposals({ id: copilot.id });
  const states = new Map(now.map(({ contact, opener }) => [contact.id, opener?.state]));
  assert.deepEqual(
    [first, second, third].map((one) => states.get(one?.id ?? "")),
    ["withheld", "withheld", "suggested"],
  );
});

test("answers that are attacks are dropped, counted and told", async () => {
  const attacks = [
    "<script>alert(1)</script>",
    "Hello {{contact.email}}",
    "Hello\r\nBcc: everybody@evil.example",
    "Zero\u200bwidth",
    "x".repeat(1024 * 1024),
  ];
  for (const attack of attacks) {
    const { team, copilot } = await withProposals({}, says({ opener: attack }));
    while ((await askOnce(world.running)) > 0);
    const [opener] = await openersOf(team, copilot.id);
    assert.ok(["unfit", "failed"].includes(opener?.state ?? ""), attack.slice(0, 30));
    assert.deepEqual([opener?.text, opener?.draft], [null, null]);
    assert.ok(opener?.says);
    const used = await usageOf(team);
    assert.equal((used?.unfit ?? 0) + (used?.failed ?? 0), 1);
    await team.api.languageModel.delete();
  }
});
