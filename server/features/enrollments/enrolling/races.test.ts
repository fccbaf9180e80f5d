// Contacts are added while other callers add the same ones, remove them, switch the sequence off, merge, delete or
// unsubscribe them. In any order, no contact is enrolled twice, none is skipped without a reason, and nothing happens
// that was just forbidden.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Refused } from "@cadenza/sdk";
import { brokenPromises, verdictsAstray, wrongCounts } from "../../../testing/joining-checks.ts";
import { untilOver } from "../../../testing/members.ts";
import { rounds } from "../../../testing/rounds.ts";
import {
  type JoiningWish,
  newContact,
  newContacts,
  newMailbox,
  newSequence,
} from "../../../testing/sequenced.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const ROUNDS = rounds(6, 20, "CADENZA_RACES");

let team: Team;
let mailbox: string;
const world = useWorld({ databaseConnections: 10 });

// A team each, so that what is broken in one race is told by that one.
beforeEach(async () => {
  team = await world.newTeam();
  mailbox = (await newMailbox(team)).id;
});

type Joined = Extract<Awaited<ReturnType<Team["api"]["joining"]["addContacts"]>>, { contacts: unknown }>;
type Started = Exclude<Awaited<ReturnType<Team["api"]["joining"]["addContacts"]>>, { contacts: unknown }>;

async function add(id: string, contact_ids: readonly string[], rest: Partial<JoiningWish> = {}) {
  const wish = {
    id,
    contact_ids: [...contact_ids],
    send_email_from_email_account_id: [mailbox],
    sequence_active_in_other_campaigns: true,
    ...rest,
  };
  return (await team.api.joining.addContacts(wish)) as Joined;
}

/** A call waits only seconds for a sequence or a connection, which on a slow machine is less than what others take. Then clients call again. */
const BUSY: readonly string[] = ["sequence_busy", "busy"];

async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Refused && BUSY.includes(error.code ?? ""))) throw error;
    }
  }
}

const IN_ALREADY = "contacts_already_exists_in_current_campaign";

/** All at once. Whatever is not done was refused for one of the reasons named; how often each happened is counted. */
async function race<T>(calls: readonly (() => Promise<T>)[], mayRefuse: readonly string[] = []) {
  const ended = await Promise.allSettled(calls.map(patiently));
  const refusals = ended.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
  for (const refusal of refusals) {
    if (!(refusal instanceof Refused)) throw refusal;
    assert.ok(
      mayRefuse.includes(refusal.code ?? ""),
      `${refusal.status} ${refusal.code}: ${refusal.message}`,
    );
  }
  return ended.map((one) => (one.status === "fulfilled" ? one.value : null));
}

function later<T>(ms: number, run: () => Promise<T>) {
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return run();
  };
}

/** The racing call starts a little earlier or later in each round, so that it meets the add in all its parts. */
function against<T>(round: number, call: () => Promise<T>) {
  return later((round * 3) % 25, call);
}

/** What was asked for in a test's rounds. Looked at when they are over, because looking takes longer than racing. */
let asked: { requestId: string; contactIds: readonly string[] }[] = [];
let raced: string[] = [];

function note(
  sequences: readonly string[],
  answers: readonly [Joined | Started | null, readonly string[]][],
) {
  raced.push(...sequences);
  for (const [answer, contactIds] of answers)
    if (answer) asked.push({ requestId: answer.request_id, contactIds });
}

afterEach(async () => {
  assert.deepEqual(await brokenPromises(world, team), []);
  assert.deepEqual(await verdictsAstray(world, asked), []);
  assert.deepEqual(await wrongCounts(world, team, raced), []);
  assert.ok(raced.length >= ROUNDS);
  [asked, raced] = [[], []];
});

const sum = (answers: readonly (Joined | null)[], what: (one: Joined) => number) =>
  answers.reduce((total, one) => total + (one ? what(one) : 0), 0);
const added = (answers: readonly (Joined | null)[]) => sum(answers, ({ enrollments }) => enrollments.length);

test("of fifty identical adds one adds, and forty-nine say that the contact is in already", async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await newSequence(team);
    const contact = await newContact(team);
    const answers = await race(Array.from({ length: 50 }, () => () => add(id, [contact])));
    assert.equal(added(answers), 1);
    assert.equal(
      sum(answers, ({ skipped_contact_ids: skipped }) => (skipped[contact] === IN_ALREADY ? 1 : 0)),
      49,
    );
    note(
      [id],
      answers.map((one) => [one, [contact]]),
    );
  }
});

test("adds against removes: contacts who end outside were removed, and contacts who end inside were added", async () => {
  const contacts = await newContacts(team, 5);
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await newSequence(team);
    const remove = () =>
      team.api.enrollments.removeOrStop({
        emailer_campaign_ids: [id],
        contact_ids: contacts,
        mode: "remove",
      });
    const adds = Array.from({ length: 4 }, (_, n) => later(n * 6, () => add(id, contacts)));
    const removes = Array.from({ length: 3 }, (_, n) => against(round + n * 3, remove));
    const answers = (await race<unknown>([...adds, ...removes])).slice(0, 4) as Joined[];
    note(
      [id],
      answers.map((one) => [one, contacts]),
    );
  }
});

test("adds against finishing and pausing: the last word stands", async () => {
  const contacts = await newContacts(team, 4);
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await newSequence(team);
    const manage = { emailer_campaign_ids: [id], contact_ids: contacts };
    const answers = await race<unknown>([
      () => add(id, contacts),
      later(8, () => add(id, contacts, { re_enroll: true })),
      against(round, () => team.api.enrollments.removeOrStop({ ...manage, mode: "mark_as_finished" })),
      against(round + 2, () => team.api.enrollments.pause({ id, contact_ids: contacts })),
      against(round + 4, () => team.api.enrollments.resume({ id, contact_ids: contacts })),
    ]);
    note(
      [id],
      (answers.slice(0, 2) as Joined[]).map((one) => [one, contacts]),
    );
  }
});

test("adds against switching off and on: no contact is active while the sequence is off, or waits while it is on", async () => {
  const contacts = await newContacts(team, 12);
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await newSequence(team);
    const adds = contacts.map((contact, n) => later(n * 4, () => add(id, [contact])));
    const toggle = (ms: number, active: boolean) =>
      later(ms, () => team.api.sequences.update({ id, active }));
    const answers = await race<unknown>([
      ...adds,
      toggle(round % 10, false),
      toggle(12 + (round % 7), true),
      ...(round % 2 ? [toggle(25 + (round % 9), false)] : []),
    ]);
    const joined = answers.slice(0, adds.length) as Joined[];
    assert.equal(added(joined), contacts.length);
    note(
      [id],
      joined.map((one, n) => [one, [contacts[n] as string]]),
    );
  }
});

test("adds against archiving: contacts added before it are finished, and contacts added later wait for the sequence", async () => {
  const contacts = await newContacts(team, 8);
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await newSequence(team);
    const adds = contacts.map((contact, n) => later(n * 4, () => add(id, [contact])));
    const archive = against(round, () => team.api.sequences.archive({ id }));
    const answers = (await race<unknown>([archive, ...adds])).slice(1) as Joined[];
    note(
      [id],
      answers.map((one, n) => [one, [contacts[n] as string]]),
    );
  }
});

for (const who of ["the winner", "the loser", "both"] as const) {
  test(`adds against merging ${who}: one of the two is left, in the sequence once`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [{ id }, { id: other }] = [await newSequence(team), await newSequence(team)];
      const [winner = "", loser = ""] = await newContacts(team, 2);
      const named = who === "the winner" ? [winner] : who === "the loser" ? [loser] : [winner, loser];
      const merge = () => team.api.contacts.merge({ winner_id: winner, loser_ids: [loser] });
      const answers = await race<unknown>([
        () => add(id, named),
        later(4, () => add(other, named)),
        later(8, () => add(id, named)),
        against(round, merge),
      ]);
      const joined = answers.slice(0, 3) as Joined[];
      note(
        [id, other],
        joined.map((one) => [one, named]),
      );
      const { contact } = await team.api.contacts.get({ id: winner });
      const here = contact.contact_campaign_statuses.filter(
        ({ emailer_campaign_id }) => emailer_campaign_id === id,
      );
      assert.ok(here.length <= 1);
    }
  });
}

test("adds against deleting: no enrollment is left without its contact", async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await newSequence(team);
    const contacts = await newContacts(team, 3);
    const answers = await race<unknown>([
      () => add(id, contacts),
      later(6, () => add(id, contacts)),
      against(round, () => team.api.contacts.delete({ id: contacts[0] as string })),
      against(round + 3, () => team.api.contacts.bulkDelete({ contact_ids: contacts.slice(1) })),
    ]);
    note(
      [id],
      (answers.slice(0, 2) as Joined[]).map((one) => [one, contacts]),
    );
    const { emailer_campaign } = await team.api.sequences.show({ id });
    assert.equal(emailer_campaign.num_contacts, 0);
  }
});

test("adds against unsubscribing: no unsubscribed contact is enrolled", async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await newSequence(team);
    const contacts = await newContacts(team, 3);
    const out = (n: number, change: Record<string, unknown>) =>
      against(round + n, () => team.api.contacts.update({ id: contacts[n] as string, ...change }));
    const answers = await race<unknown>([
      () => add(id, contacts),
      later(6, () => add(id, contacts)),
      later(12, () => add(id, contacts, { re_enroll: true })),
      out(0, { email_unsubscribed: true }),
      out(1, { do_not_contact: true }),
    ]);
    note(
      [id],
      (answers.slice(0, 3) as Joined[]).map((one) => [one, contacts]),
    );
    const { emailer_campaign } = await team.api.sequences.show({ id });
    assert.equal(emailer_campaign.contact_statuses.active, 1);
  }
});

test("of two colleagues added at once exactly one joins", async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await newSequence(team);
    const host = `firm${round}-${Date.now()}.example`;
    const colleagues = await Promise.all(
      ["ann", "bo", "cy", "di"].map((name) => newContact(team, { email: `${name}@${host}` })),
    );
    const [a = "", b = "", c = "", d = ""] = colleagues;
    const lists = [[a, b], [b, c], [c, d], [d, a], [a], [b]];
    const answers = await race(lists.map((list) => () => add(id, list)));
    assert.equal(added(answers), 1);
    const { emailer_campaign } = await team.api.sequences.show({ id });
    assert.equal(emailer_campaign.contact_statuses.active, 1);
    note(
      [id],
      answers.map((one, n) => [one, lists[n] as string[]]),
    );
  }
});

test("two jobs over the same contacts add each of them once", async () => {
  const contacts = await newContacts(team, 30);
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await newSequence(team);
    const start = () => add(id, contacts, { async: true }) as unknown as Promise<Started>;
    const jobs = (await race([start, start])) as Started[];
    for (const { request_id } of jobs) {
      const { status, done, counts } = await untilOver(team, request_id);
      assert.deepEqual([status, done], ["done", 30]);
      assert.equal((counts.added ?? 0) + (counts.skipped ?? 0), 30);
    }
    const { emailer_campaign } = await team.api.sequences.show({ id });
    assert.equal(emailer_campaign.num_contacts, 30);
    note(
      [id],
      jobs.map((job) => [job, contacts]),
    );
  }
});

test("adds of a list while it changes: every contact who was on it is added, or skipped with a reason", async () => {
  const name = `racing ${Date.now()}`;
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await newSequence(team);
    const stays = await newContacts(team, 3, { label_names: [name] });
    const goes = await newContacts(team, 3, { label_names: [name] });
    const comes = await newContacts(team, 3);
    const change = (entity_ids: string[]) => ({ label_names: [name], entity_ids, modality: "contacts" });
    const answers = await race<unknown>([
      () => add(id, [], { label_names: [name] }),
      later(5, () => add(id, [], { label_names: [name.toUpperCase()] })),
      against(round, () => team.api.labels.removeEntityIds(change(goes))),
      against(round + 2, () => team.api.labels.addEntityIds(change(comes))),
    ]);
    const joined = answers.slice(0, 2) as Joined[];
    for (const { contacts, skipped_contact_ids } of joined) {
      const told = new Set([...contacts.map((one) => one.id), ...Object.keys(skipped_contact_ids)]);
      for (const contact of stays) assert.ok(told.has(contact), "whoever is on the list all the time");
    }
    note([id], []);
    await team.api.labels.removeEntityIds(change([...stays, ...comes]));
  }
});
