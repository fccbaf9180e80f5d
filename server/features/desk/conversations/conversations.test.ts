import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import type { Input } from "@cadenza/sdk";
import { insertAccount } from "../../../testing/records.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
let account: string;
let ines: string;
let lars: string;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
  account = await insertAccount(opened, team);
  ines = (
    await team.api.contacts.create({
      first_name: "Ines",
      last_name: "Okafor",
      email: "ines@norrland.example",
      account_id: account,
    })
  ).contact.id;
  lars = (await team.api.contacts.create({ first_name: "Lars", email: "lars@borealis.example" })).contact.id;
});

const MEETING = {
  topic: "Boiler retrofit",
  start_time: "2026-02-03T09:00:00Z",
  participants: [{ email: "INES@norrland.example" }, { email: "mia@elsewhere.example", name: "Mia" }],
} satisfies Input<"conversations", "create">;

const record = async (wish: Partial<Input<"conversations", "create">> = {}) =>
  (await team.api.conversations.create({ ...MEETING, ...wish })).conversation;

async function foundBy(filter: Input<"conversations", "search">) {
  const { conversations } = await team.api.conversations.search(filter);
  return conversations.map(({ id }) => id);
}

test("a meeting knows its host, its participants, their company and what each of them said", async () => {
  const { opportunity } = await team.api.opportunities.create({ name: "Boilers", account_id: account });
  const { id } = await record({
    end_time: "2026-02-03T09:31:00Z",
    host: team.owner.email,
    participants: [{ user_id: team.owner.id }, ...MEETING.participants],
    opportunity_ids: [opportunity.id],
    tag_names: ["Demo", "demo", "Q3"],
    video_url: "https://recordings.example/1.mp4",
    audio_url: "https://recordings.example/1.mp3",
    transcript: [
      { speaker: "ines@norrland.example", start_time: 1, end_time: 2.5, text: "It has to go." },
      { speaker: "A voice", text: "Who is this?" },
      { text: "Nobody knows" },
    ],
  });
  const shown = await team.api.conversations.show({ id });
  assert.partialDeepStrictEqual(shown, {
    topic: "Boiler retrofit",
    duration: 1860,
    state: "completed",
    host_id: team.owner.id,
    account_ids: [account],
    opportunity_ids: [opportunity.id],
    video_recording: { url: "https://recordings.example/1.mp4", state_cd: "available" },
    audio_recording: { url: "https://recordings.example/1.mp3" },
  });
  assert.deepEqual(
    shown.transcript.map((line) => [line.speaker, line.contact_id, line.start_time, line.text]),
    [
      ["Ines Okafor", ines, 1, "It has to go."],
      ["A voice", null, null, "Who is this?"],
      [null, null, null, "Nobody knows"],
    ],
  );
  const names = (people: { name: string | null }[] = []) => people.map(({ name }) => name);
  assert.deepEqual(
    shown.participants.internal.map(({ user_id }) => user_id),
    [team.owner.id],
  );
  assert.deepEqual(
    Object.entries(shown.participants.external).map(([company, people]) => [company, names(people)]),
    [
      ["Norrland Kraft", ["Ines Okafor"]],
      ["elsewhere.example", ["Mia"]],
      ["Unknown", ["A voice"]],
    ],
  );
  assert.deepEqual(
    shown.label_id_names.map(({ name }) => name),
    ["Demo", "Q3"],
  );
  const { conversations } = await team.api.conversations.search({ opportunity_id: opportunity.id });
  assert.partialDeepStrictEqual(conversations[0], {
    id,
    account_names: ["Norrland Kraft"],
    organization: { domain: "norrland.example" },
    is_internal: false,
    deals: [{ id: opportunity.id, account_name: "Norrland Kraft" }],
  });
});

test("a second report of the same program about the same conversation changes the first", async () => {
  const report = { source: "zoom", external_id: "z-1" };
  const first = await record({ ...report, transcript: [{ speaker: "Mia", text: "Hello" }] });
  const second = await record({ ...report, topic: "Renamed", participants: undefined });
  assert.equal(second.id, first.id);
  assert.equal(second.topic, "Renamed");
  assert.deepEqual(second.transcript, first.transcript, "what was not sent stays");
  assert.deepEqual(second.participants, first.participants);
  const other = await record({ ...report, source: "teams" });
  assert.notEqual(other.id, first.id);
});

test("a transcript comes as a file too, and its speakers take part", async () => {
  const file = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Ines Okafor>Hello</v>\n";
  const { id } = await record({ transcript_file: new Blob([file]) });
  const { transcript } = await team.api.conversations.show({ id });
  assert.deepEqual(
    transcript.map(({ speaker, contact_id, text }) => [speaker, contact_id, text]),
    [["Ines Okafor", ines, "Hello"]],
  );
  const changed = await team.api.conversations.update({ id, transcript_file: "Somebody else: Bye" });
  assert.deepEqual(
    changed.conversation.transcript.map(({ speaker, text }) => [speaker, text]),
    [["Somebody else", "Bye"]],
  );
  const refusals: [Partial<Input<"conversations", "update">>, string][] = [
    [{ transcript_file: " \n" }, "transcript_unreadable"],
    [{ transcript_file: "Hello", transcript: [] }, "transcript_given_twice"],
    [{ transcript_file: "1:00 x\n".repeat(20_001) }, "transcript_too_long"],
  ];
  for (const [wish, code] of refusals)
    assert.equal((await refused(team.api.conversations.update({ id, ...wish }))).code, code);
});

test("each filter of the search finds what it says", async () => {
  const { conversation_tags: before } = await team.api.conversations.tags();
  const call = await record({
    topic: "Turbine",
    conversation_type: "phone_call",
    start_time: "2026-05-01T23:30:00Z",
    duration: 10,
    host_id: team.owner.id,
    participants: [{ contact_id: ines }],
    tag_names: ["Turbines"],
    transcript: [{ speaker: "Ines Okafor", text: "The water is at 90 % of the wheel" }],
  });
  const meeting = await record({
    topic: "Steam",
    start_time: "2026-05-02T09:00:00Z",
    duration: 900,
    account_id: account,
    participants: [{ contact_id: lars }, { name: "Somebody" }],
  });
  const { conversation_tags: tags } = await team.api.conversations.tags();
  const [tag] = tags.filter(({ id }) => !before.some((one) => one.id === id));
  const may = { date_range: { start: "2026-05-01", end: "2026-05-02" } };
  const CASES: [Input<"conversations", "search">, string[]][] = [
    [{}, [meeting.id, call.id]],
    [{ sort_ascending: true }, [call.id, meeting.id]],
    [{ sort_by_field: "duration" }, [meeting.id, call.id]],
    [{ sort_by_field: "topic" }, [call.id, meeting.id]],
    [{ num_fetch_result: 1, page: 2 }, [call.id]],
    [{ conversation_type: "phone_call" }, [call.id]],
    [{ contact_ids: [lars] }, [meeting.id]],
    [{ account_id: account }, [meeting.id, call.id]],
    [{ tag_ids: [tag?.id ?? ""] }, [call.id]],
    [{ user_ids: [team.owner.id] }, [call.id]],
    [{ enforce_contact_boundary: true }, [call.id]],
    [{ enforce_contact_boundary: true, contact_ids: [lars] }, []],
    [{ q_keywords: "90 %" }, [call.id]],
    [{ q_keywords: "somebody" }, [meeting.id]],
    [{ q_keywords: "STEAM" }, [meeting.id]],
    [{ date_range: { start: "2026-05-01", end: "2026-05-01" } }, [call.id]],
    [{ date_range: { start: "2026-05-02T09:00:00Z", end: "2026-05-02T09:00:00Z" } }, [meeting.id]],
  ];
  for (const [filter, found] of CASES)
    assert.deepEqual(await foundBy({ ...may, ...filter }), found, JSON.stringify(filter));
});

test("a filter by what Cadenza does not keep is refused with the reason, and so is a bad sort", async () => {
  const filters: [Input<"conversations", "search">, string][] = [
    [{ tracker_ids: ["x"] }, "tracker_ids"],
    [{ scorecard_template_id: "x" }, "scorecard_template_id"],
    [{ scorecard_max_rating: 0 }, "scorecard_max_rating"],
  ];
  for (const [filter, name] of filters) {
    const refusal = await refused(team.api.conversations.search(filter));
    assert.equal(refusal.code, "conversation_filter_not_kept");
    assert.match(refusal.message, new RegExp(`^${name} cannot be used`));
  }
  assert.deepEqual(await foundBy({ tracker_ids: [], q_keywords: "nobody said this" }), []);
  const refusal = await refused(team.api.conversations.search({ sort_by_field: "host" }));
  assert.equal(refusal.code, "conversation_sort_field");
});

test("a private conversation is shown to its host, its participants, who added it, and admins", async () => {
  const [host, guest, other] = await Promise.all(["host", "guest", "other"].map(newMember));
  assert.ok(host && guest && other);
  const { id } = await record({
    is_private: true,
    host_id: host.id,
    participants: [{ user_id: guest.id }],
    start_time: "2026-06-01",
  });
  const june = { date_range: { start: "2026-06-01", end: "2026-06-02" } };
  for (const [api, sees] of [
    [team.api, true],
    [host.api, true],
    [guest.api, true],
    [other.api, false],
  ] as const) {
    const { conversations, pagination } = await api.conversations.search(june);
    assert.deepEqual([conversations.length, pagination.total_entries], sees ? [1, 1] : [0, 0]);
    if (sees) assert.equal((await api.conversations.show({ id })).id, id);
    else {
      assert.equal((await refused(api.conversations.show({ id }))).status, 404);
      assert.equal((await refused(api.conversations.update({ id, topic: "x" }))).status, 404);
    }
  }
  assert.equal((await refused(guest.api.conversations.delete({ id }))).code, "conversation_not_yours");
  await host.api.conversations.delete({ id });
  assert.equal((await refused(team.api.conversations.show({ id }))).status, 404);
});

test("the conversations of a period are one file, for the caller and for whom they named", async () => {
  const { id } = await record({ start_time: "2026-07-01T09:00:00Z", is_private: true });
  const shared = await record({ start_time: "2026-07-02T09:00:00Z" });
  await record({ start_time: "2026-08-01T00:00:00Z" });
  const [named, other] = await Promise.all([newMember("named"), newMember("unnamed")]);
  const july = { start_time: "2026-07-01", end_time: "2026-08-01" };
  const asked = await team.api.conversations.export({ ...july, email: named.email.toUpperCase() });
  const { redirect_url } = await named.api.conversations.exportStatus({ id: asked.export_id });
  assert.equal(asked.export_url, redirect_url);
  const inFile = async (api: Team["api"]) => {
    const file = await api.conversations.downloadExport({ id: asked.export_id });
    const text = gunzipSync(await file.bytes()).toString();
    return (JSON.parse(text) as { conversations: { id: string }[] }).conversations.map((one) => one.id);
  };
  assert.deepEqual(await inFile(team.api), [id, shared.id]);
  assert.deepEqual(await inFile(named.api), [shared.id], "nobody reads what they may not see");
  assert.equal((await refused(other.api.conversations.exportStatus({ id: asked.export_id }))).status, 404);
  const link = await fetch(`${world.url}${new URL(redirect_url).pathname}`);
  assert.equal(link.status, 422, "the link alone opens nothing");
  const backwards = { start_time: july.end_time, end_time: july.start_time, email: team.owner.email };
  assert.equal((await refused(team.api.conversations.export(backwards))).code, "export_period_backwards");
  const nobody = { ...july, email: "nobody@norrland.example" };
  assert.equal((await refused(team.api.conversations.export(nobody))).code, "export_address_unknown");
});

test("an export is refused where it would be too large, with the numbers", async () => {
  await asOwner(world, (client) =>
    client.query(
      `insert into conversations (team_id, id, source, type, started_at, user_id, created_at, updated_at)
       select $1, new_ident(), 'many', 'phone_call', '2027-01-01', $2, now(), now() from generate_series(1, 1001)`,
      [team.id, team.owner.id],
    ),
  );
  const wish = { start_time: "2027-01-01", end_time: "2027-01-02", email: team.owner.email };
  const refusal = await refused(team.api.conversations.export(wish));
  assert.equal(refusal.code, "export_too_large");
  assert.match(refusal.message, /1001 conversations/);
});

test("with a deleted contact goes what they said, and a conversation with nobody else", async () => {
  const gone = (await team.api.contacts.create({ first_name: "Gone", email: "gone@kraft.example" })).contact
    .id;
  const transcript = [
    { speaker: "gone@kraft.example", text: "I said this" },
    { speaker: "Lars", text: "And I that" },
    { text: "Who was this" },
  ];
  const alone = await record({ participants: [{ contact_id: gone }], transcript });
  const both = await record({ participants: [{ contact_id: gone }, { contact_id: lars }], transcript });
  await team.api.contacts.delete({ id: gone });
  assert.equal((await refused(team.api.conversations.show({ id: alone.id }))).status, 404);
  const left = await team.api.conversations.show({ id: both.id });
  assert.deepEqual(
    left.transcript.map(({ speaker, contact_id, text }) => [speaker, contact_id, text]),
    [["Lars", lars, "And I that"]],
  );
});

test("an id of nothing is refused, and a meeting that has not begun is scheduled", async () => {
  const never = "64f0aa0000000000000000ff";
  for (const wish of [
    { host_id: never },
    { account_id: never },
    { opportunity_ids: [never] },
    { participants: [{ contact_id: never }] },
    { participants: [{ user_id: never }] },
  ])
    assert.equal((await refused(record(wish))).code, "unknown_id");
  assert.equal((await record({ start_time: "2100-01-01" })).state, "scheduled");
  assert.equal((await record({ failure_code: "no_audio" })).state, "failed");
});

async function newMember(name: string) {
  const email = `${name}@norrland.example`;
  const { user, invitation_url } = await team.api.users.invite({ email, role: "member" });
  const password = "a long sentence is a good password";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name, password });
  return { id: user.id, email, api: (await world.signIn(email, password)).api };
}
