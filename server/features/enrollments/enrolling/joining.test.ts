// Who joins a sequence, who does not, and what everybody is told.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type AllowFlag,
  FLAGS,
  judgeCandidates,
  type SkipReason,
} from "../../../domain/enrollments/eligibility.ts";
import { actFor } from "../../../engine/running/act-for.ts";
import { newId } from "../../../kernel/ids.ts";
import { dayWords } from "../../../kernel/say.ts";
import { plantMessage } from "../../../testing/planted.ts";
import { alwaysOpen } from "../../../testing/sending.ts";
import {
  CALL_STEP,
  type JoiningWish,
  MAIL_STEP,
  newContact,
  newContacts,
  newMailbox,
  newSequence,
} from "../../../testing/sequenced.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";
import { formLine } from "./candidate-facts.ts";

let team: Team;
let mailbox: string;
/** The same team as a member sees it, who is signed in. */
let asMember: Team;
let memberId: string;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  mailbox = (await newMailbox(team, { visibility: "everyone" })).id;
  const { user, invitation_url } = await team.api.users.invite({ email: "mia@example.no", role: "member" });
  const password = "a long sentence is a good password";
  await opened.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia Member", password });
  memberId = user.id;
  asMember = { ...team, api: (await opened.signIn("mia@example.no", password)).api };
});

const SHARED = { sharing_permission: { visibility: "everyone", access_type: "can_edit" } } as const;

/** A sequence that the member may add to. */
async function sharedSequence() {
  const sequence = await newSequence(team);
  await team.api.sequences.update({ id: sequence.id, ...SHARED });
  return sequence;
}

type Answer = Extract<Awaited<ReturnType<Team["api"]["joining"]["addContacts"]>>, { contacts: unknown }>;

async function add(id: string, contact_ids: readonly string[], rest: Partial<JoiningWish> = {}, at = team) {
  const wish = { id, contact_ids: [...contact_ids], send_email_from_email_account_id: [mailbox], ...rest };
  return (await at.api.joining.addContacts(wish)) as Answer;
}

const ALL = Object.fromEntries(FLAGS.map((flag) => [flag, true])) as Record<AllowFlag, true>;

test("a contact joins: in Apollo's words, and in ours", async () => {
  const { id, steps } = await newSequence(team);
  const contact = await newContact(team);
  const answer = await add(id, [contact], { emailer_campaign_id: id });
  const [added] = answer.contacts;
  assert.deepEqual([added?.id, added?.emailer_campaign_ids], [contact, [id]]);
  const [row] = added?.contact_campaign_statuses ?? [];
  assert.deepEqual(
    [
      row?.status,
      row?.inactive_reason,
      row?.current_step_id,
      row?.current_step_position,
      row?.added_by_user_id,
    ],
    ["active", null, steps[0], 1, team.owner.id],
  );
  assert.deepEqual(
    [row?.send_email_from_email_account_id, row?.send_email_from_user_id],
    [mailbox, team.owner.id],
  );
  assert.deepEqual(
    [answer.skipped_contact_ids, answer.skipped_contacts, answer.signals_hash],
    [{}, [], null],
  );
  assert.deepEqual(answer.emailer_campaign.contact_statuses.active, "loading");
  assert.deepEqual(
    answer.emailer_steps.map((step) => step.id),
    steps,
  );
  assert.equal(answer.emailer_touches.length, 1);
  assert.deepEqual(answer.team, { id: team.id, sequences_finder_empty: false });
  assert.equal(answer.enrollments[0]?.id, row?.id);
  assert.ok(answer.enrollments[0]?.first_step_due_at);
  assert.deepEqual(answer.credits, { least: 0, expected: 0, most: 0, charged: 0 });
  const { audit_log } = await team.api.auditLog.list({ subject_id: row?.id ?? "" });
  assert.deepEqual(
    audit_log.map(({ type }) => type),
    ["enrollment.added"],
  );
  const feed = await team.api.sequences.activityFeed({ contact_id: contact });
  assert.deepEqual(
    feed.events.map(({ type, step_position }) => [type, step_position]),
    [["enrolled", 1]],
  );
});

/** Each reason, with a contact who is skipped for nothing else. */
const KEPT_OUT: Record<
  SkipReason,
  () => Promise<{ contact: string; to?: string; at?: Team; evidence?: Record<string, unknown> }>
> = {
  contact_not_found: async () => ({ contact: newId() }),
  contacts_unsubscribed: async () => ({
    contact: await newContact(team, { email_unsubscribed: true }),
    evidence: { by: "contact" },
  }),
  contacts_bounced: async () => ({ contact: await newContact(team, { email_status: "bounced" }) }),
  contacts_do_not_contact: async () => ({
    contact: await newContact(team, { do_not_contact: true }),
    evidence: { by: "contact" },
  }),
  contacts_paused: async () => {
    const until = world.running.app.now().add({ hours: 24 }).toString();
    return { contact: await newContact(team, { paused_until: until }) };
  },
  contacts_already_exists_in_current_campaign: async () => {
    const { id } = await newSequence(team);
    const contact = await newContact(team);
    const { enrollments } = await add(id, [contact]);
    return {
      contact,
      to: id,
      evidence: { status: "active", step_position: 1, contact_campaign_status_id: enrollments[0]?.id },
    };
  },
  contacts_in_pending_state: async () => {
    const contact = await newContact(team);
    const progress = await waitingJob(contact);
    return { contact, evidence: { entity_progress_job_id: progress } };
  },
  contacts_without_ownership_permission: async () => {
    const { user } = await team.api.users.invite({ email: `other${newId()}@example.no` });
    const contact = await newContact(team, { owner_id: user.id });
    return { contact, to: (await sharedSequence()).id, at: asMember, evidence: { owner_id: user.id } };
  },
  contacts_without_email: async () => ({ contact: await newContact(team, { email: "" }) }),
  contacts_unverified_email: async () => ({
    contact: await newContact(team, { email_status: "unverified" }),
    evidence: { email_status: "unverified" },
  }),
  contacts_with_unverified_user_managed_email: async () => ({
    contact: await newContact(team, { email_status: "guessed" }),
  }),
  contacts_with_job_change: async () => ({
    contact: await newContact(team, { job_change_event: { organization_name: "New", title: "Boss" } }),
  }),
  contacts_active_in_other_campaigns: async () => {
    const { id, name } = await newSequence(team);
    const contact = await newContact(team);
    await add(id, [contact]);
    return { contact, evidence: { emailer_campaign_id: id, emailer_campaign_name: name, status: "active" } };
  },
  contacts_finished_in_other_campaigns: async () => {
    const { id, name } = await newSequence(team);
    const contact = await newContact(team);
    const { enrollments } = await add(id, [contact]);
    await setState(enrollments[0]?.id, "finished", "replied");
    return {
      contact,
      evidence: {
        emailer_campaign_id: id,
        emailer_campaign_name: name,
        status: "finished",
        outcome: "replied",
      },
    };
  },
  contacts_in_same_company: async () => {
    const { id } = await newSequence(team);
    const domain = `twin${newId()}.example`;
    const [one, two] = [
      await newContact(team, { email: `one@${domain}` }),
      await newContact(team, { email: `two@mail.${domain}` }),
    ];
    await add(id, [one]);
    return { contact: two, to: id, evidence: { contact_id: one } };
  },
};

/** The flag that waives each reason, by the issue's table; null where none does. */
const LIFTED_BY: Record<SkipReason, AllowFlag | null> = {
  contact_not_found: null,
  contacts_unsubscribed: null,
  contacts_bounced: null,
  contacts_do_not_contact: null,
  contacts_paused: null,
  contacts_already_exists_in_current_campaign: null,
  contacts_in_pending_state: "add_if_in_queue",
  contacts_without_ownership_permission: "contacts_without_ownership_permission",
  contacts_without_email: "sequence_no_email",
  contacts_unverified_email: "sequence_unverified_email",
  contacts_with_unverified_user_managed_email: "sequence_unverified_email",
  contacts_with_job_change: "sequence_job_change",
  contacts_active_in_other_campaigns: "sequence_active_in_other_campaigns",
  contacts_finished_in_other_campaigns: "sequence_finished_in_other_campaigns",
  contacts_in_same_company: "sequence_same_company_in_same_campaign",
};

for (const [code, arrange] of Object.entries(KEPT_OUT) as [SkipReason, (typeof KEPT_OUT)[SkipReason]][]) {
  const flag = LIFTED_BY[code];
  test(`${code}: ${flag ? `only ${flag} lets them in` : "no flag lets them in"}, and the evidence is named`, async () => {
    const { contact, to, at = team, evidence = {} } = await arrange();
    const id = to ?? (await newSequence(team)).id;
    const others = Object.fromEntries(FLAGS.filter((one) => one !== flag).map((one) => [one, true]));
    const answer = await add(id, [contact], others, at);
    const [skipped] = answer.skipped_contacts;
    const reason = skipped?.reasons.find((one) => one.code === code);
    assert.ok(reason, `${code} is among ${JSON.stringify(answer)}`);
    assert.equal(answer.skipped_contact_ids[contact], skipped?.reasons[0]?.code);
    if (code !== "contacts_with_unverified_user_managed_email")
      assert.equal(skipped?.reasons[0]?.code, code, "the first on the wire");
    assert.deepEqual([reason.flag, answer.contacts, answer.enrollments], [flag, [], []]);
    for (const [key, value] of Object.entries(evidence)) assert.equal(reason.evidence[key], value, key);
    assert.ok(reason.sentence.length > 10);
    const { verdicts } = await team.api.joining.verdicts({ id, request_id: answer.request_id });
    assert.deepEqual(
      verdicts.map((one) => [one.contact_id, one.verdict, one.code, one.reasons]),
      [[contact, "skipped", skipped?.reasons[0]?.code, skipped?.reasons]],
    );
    if (flag === null) {
      assert.equal((await add(id, [contact], ALL, at)).contacts.length, 0);
      return;
    }
    const let_in = await add(id, [contact], { [flag]: true }, at);
    assert.deepEqual([let_in.contacts.length, let_in.skipped_contact_ids], [1, {}]);
  });
}

test("all reasons are told in their order, the first on the wire", async () => {
  const { id } = await newSequence(team);
  const elsewhere = await newSequence(team);
  const contact = await newContact(team);
  await add(elsewhere.id, [contact]);
  const { user } = await team.api.users.invite({ email: `owner${newId()}@example.no` });
  await team.api.contacts.update({
    id: contact,
    owner_id: user.id,
    email_status: "unverified",
    job_change_event: { organization_name: "New" },
  });
  await asOwner(world, (client) =>
    client.query("update contacts set do_not_contact = true where id = $1", [contact]),
  );
  const answer = await add(id, [contact]);
  assert.deepEqual(
    answer.skipped_contacts[0]?.reasons.map(({ code }) => code),
    [
      "contacts_do_not_contact",
      "contacts_unverified_email",
      "contacts_with_unverified_user_managed_email",
      "contacts_with_job_change",
      "contacts_active_in_other_campaigns",
    ],
  );
  assert.deepEqual(answer.skipped_contact_ids, { [contact]: "contacts_do_not_contact" });
});

test("a sequence that is switched off is in the way too; an archived one and the same one are not", async () => {
  const { id } = await newSequence(team);
  const [off, away] = [await newSequence(team), await newSequence(team)];
  const [inOff, contact] = [await newContact(team), await newContact(team)];
  await add(off.id, [inOff]);
  await add(away.id, [contact], ALL);
  await team.api.sequences.abort({ id: off.id });
  await team.api.sequences.archive({ id: away.id });
  assert.deepEqual((await add(id, [inOff, contact])).skipped_contact_ids, {
    [inOff]: "contacts_active_in_other_campaigns",
  });
  assert.deepEqual((await add(id, [contact])).skipped_contact_ids, {
    [contact]: "contacts_already_exists_in_current_campaign",
  });
});

test("paused elsewhere counts as active there, and failed there counts as nothing", async () => {
  const { id } = await newSequence(team);
  const elsewhere = await newSequence(team);
  const [paused, failed] = [await newContact(team), await newContact(team)];
  const { enrollments } = await add(elsewhere.id, [paused, failed]);
  const at = (contact: string) => enrollments.find(({ contact_id }) => contact_id === contact)?.id;
  await setState(at(paused), "paused", "manually paused");
  await setState(at(failed), "failed", null);
  assert.deepEqual((await add(id, [paused, failed])).skipped_contact_ids, {
    [paused]: "contacts_active_in_other_campaigns",
  });
});

test("a change of job counts for ninety days", async () => {
  const { id } = await newSequence(team);
  const ago = (days: number) => ({
    job_change_event: {
      organization_name: "New",
      detected_at: new Date(Date.now() - days * 86_400_000).toISOString(),
    },
  });
  const [recent, old] = [await newContact(team, ago(89)), await newContact(team, ago(91))];
  assert.deepEqual((await add(id, [recent, old])).skipped_contact_ids, {
    [recent]: "contacts_with_job_change",
  });
});

test("suppressions bar by address, domain and pattern, and say what they are", async () => {
  const { id } = await newSequence(team);
  const host = `barred${newId()}.example`;
  const [byAddress, byDomain, byPattern] = [
    await newContact(team, { email: `A.B@x${host}` }),
    await newContact(team, { email: `c@mail.${host}` }),
    await newContact(team, { email: `noreply-${newId()}@z.example` }),
  ];
  await team.api.suppressions.create({ value: `a.b@X${host}` });
  await team.api.suppressions.create({ kind: "domain", value: host });
  await team.api.suppressions.create({ kind: "pattern", value: "noreply-*" });
  const answer = await add(id, [byAddress, byDomain, byPattern], ALL);
  assert.deepEqual(new Set(Object.values(answer.skipped_contact_ids)), new Set(["contacts_do_not_contact"]));
  assert.deepEqual(
    answer.skipped_contacts.map(({ reasons }) => reasons[0]?.evidence.kind),
    ["email", "domain", "pattern"],
  );
});

test("of two colleagues in one request the more promising joins, and blocks the other", async () => {
  const { id } = await newSequence(team);
  const account_id = (await team.api.accounts.create({ name: `Both ${newId()}` })).account.id;
  const plain = await newContact(team, { account_id });
  const better = await newContact(team, { account_id, title: "Chief Executive Officer" });
  await asOwner(world, (client) =>
    client.query("update contacts set prospect_score = 90 where id = $1", [better]),
  );
  const answer = await add(id, [plain, better]);
  assert.deepEqual(answer.skipped_contact_ids, { [plain]: "contacts_in_same_company" });
  assert.equal(answer.skipped_contacts[0]?.reasons[0]?.evidence.contact_id, better);
  // A colleague's company is known however it changes while they are in the sequence.
  const later = (await team.api.accounts.create({ name: `Later ${newId()}` })).account.id;
  await team.api.contacts.update({ id: better, account_id: later });
  assert.deepEqual((await add(id, [plain])).skipped_contact_ids, {});
  const joiner = await newContact(team, { account_id: later });
  assert.deepEqual((await add(id, [joiner])).skipped_contact_ids, { [joiner]: "contacts_in_same_company" });
});

test("contacts with free mail addresses are not colleagues", async () => {
  const { id } = await newSequence(team);
  const people = [
    await newContact(team, { email: `a${newId()}@gmail.com` }),
    await newContact(team, { email: `b${newId()}@gmail.com` }),
  ];
  assert.deepEqual((await add(id, people)).skipped_contact_ids, {});
});

const NOT_OWNED = "contacts_without_ownership_permission";

/** A contact of a user whom nobody else in these tests has to do with. */
async function strangersContact() {
  const { user } = await team.api.users.invite({ email: `owner${newId()}@example.no` });
  return newContact(team, { owner_id: user.id });
}

async function keyOfMember(wish: { master: boolean }) {
  const scopes = wish.master ? [] : ["api/v1/emailer_campaigns/add_contact_ids"];
  const { api_key } = await team.api.apiKeys.create({ name: "member", user_id: memberId, ...wish, scopes });
  return { ...team, api: world.client({ apiKey: api_key.key }) };
}

test("contacts of other owners: admins and master keys need no flag, and other users add them with it", async () => {
  const { id } = await sharedSequence();
  const master = await keyOfMember({ master: true });
  const scoped = await keyOfMember({ master: false });
  for (const free of [team, master])
    assert.deepEqual((await add(id, [await strangersContact()], {}, free)).skipped_contact_ids, {});
  for (const flagged of [asMember, scoped]) {
    const [one, own] = [await strangersContact(), await newContact(team, { owner_id: memberId })];
    const without = await add(id, [one, own], {}, flagged);
    assert.deepEqual(without.skipped_contact_ids, { [one]: NOT_OWNED });
    assert.equal(without.skipped_contacts[0]?.reasons[0]?.flag, NOT_OWNED);
    assert.deepEqual((await add(id, [one], { [NOT_OWNED]: true }, flagged)).skipped_contact_ids, {});
  }
});

test("only owners add their contacts, where the team says so: the flag helps in one's group alone, and admins need none", async () => {
  const { id } = await sharedSequence();
  const mate = (await team.api.users.invite({ email: `m${newId()}@example.no` })).user.id;
  await team.api.subteams.create({ name: `Mates ${newId()}`, user_ids: [memberId, mate] });
  const own = await newContact(team, { owner_id: memberId });
  const [mates, strangers] = [await newContact(team, { owner_id: mate }), await strangersContact()];
  assert.equal((await team.api.teams.current()).team.only_owners_add_contacts, false, "off by default");
  const { team: changed } = await team.api.teams.update({ only_owners_add_contacts: true });
  assert.equal(changed.only_owners_add_contacts, true);
  try {
    const master = await keyOfMember({ master: true });
    const kept = { [mates]: NOT_OWNED, [strangers]: NOT_OWNED };
    const named = await add(id, [mates, strangers], { user_id: mate }, master);
    assert.deepEqual(named.skipped_contact_ids, kept, "user_id changes no rights");
    const without = await add(id, [own, mates, strangers], {}, asMember);
    assert.deepEqual(without.skipped_contact_ids, kept);
    assert.deepEqual(
      without.skipped_contacts.map(({ reasons }) => reasons[0]?.flag),
      [NOT_OWNED, null],
      "the flag is named only where it helps",
    );
    const flagged = await add(id, [mates, strangers], { [NOT_OWNED]: true }, asMember);
    assert.deepEqual(flagged.skipped_contact_ids, { [strangers]: NOT_OWNED });
    assert.deepEqual((await add(id, [strangers])).skipped_contact_ids, {}, "an admin");
  } finally {
    await team.api.teams.update({ only_owners_add_contacts: false });
  }
});

test("an agent's usual steps add everybody: contacts are created, and added with the first user's id", async () => {
  const agent = await keyOfMember({ master: true });
  const { users } = await agent.api.users.search({});
  for (const [n, { id: user_id }] of users.slice(0, 2).entries()) {
    const { id } = await sharedSequence();
    const contact = await newContact(agent, { email: `agent${n}${newId()}@example.com` });
    const answer = await add(id, [contact, await strangersContact()], { user_id }, agent);
    assert.deepEqual(answer.skipped_contact_ids, {});
    assert.equal(answer.contacts[0]?.contact_campaign_statuses[0]?.added_by_user_id, user_id);
  }
});

test("what a master key adds in the background is added with its rights", async () => {
  const { id } = await sharedSequence();
  const agent = await keyOfMember({ master: true });
  const contact = await strangersContact();
  const started = await add(id, [contact], { async: true, user_id: team.owner.id }, agent);
  await untilDone((started as unknown as { entity_progress_job: { id: string } }).entity_progress_job.id);
  const { verdicts } = await team.api.joining.verdicts({ id });
  assert.deepEqual(
    verdicts.map((one) => [one.contact_id, one.verdict, one.by_user_id]),
    [[contact, "added", team.owner.id]],
  );
});

test("who is signed in as a member, or has a narrow key, adds in nobody else's name", async () => {
  const { id } = await sharedSequence();
  const contact = await newContact(team);
  for (const at of [asMember, await keyOfMember({ master: false })]) {
    const refusal = await refused(add(id, [contact], { user_id: team.owner.id }, at));
    assert.deepEqual([refusal.status, refusal.code], [403, "joining_for_another"]);
  }
});

test("only who may change a sequence may add to it: others get 403, and whom it is hidden from 404", async () => {
  const { id } = await newSequence(team);
  const { user } = await team.api.users.invite({ email: `m${newId()}@example.no` });
  const { api_key } = await team.api.apiKeys.create({ name: "member", master: true, user_id: user.id });
  const asMember = { ...team, api: world.client({ apiKey: api_key.key }) };
  const contact = await newContact(team, { owner_id: user.id });
  assert.equal((await refused(add(id, [contact], {}, asMember))).status, 404);
  await team.api.sequences.update({
    id,
    sharing_permission: { visibility: "everyone", access_type: "can_view" },
  });
  const refusal = await refused(add(id, [contact], {}, asMember));
  assert.deepEqual([refusal.status, refusal.code], [403, "sequence_not_permitted"]);
});

test("user_id is shown as who added them, and their own contacts are theirs", async () => {
  const { id } = await newSequence(team);
  const { user } = await team.api.users.invite({ email: `adder${newId()}@example.no` });
  const contact = await newContact(team, { owner_id: user.id });
  const answer = await add(id, [contact], { user_id: user.id });
  assert.equal(answer.contacts[0]?.contact_campaign_statuses[0]?.added_by_user_id, user.id);
  const { audit_log } = await team.api.auditLog.list({ subject_id: answer.enrollments[0]?.id ?? "" });
  assert.equal(audit_log[0]?.actor.user_id, user.id);
  assert.equal((await refused(add(id, [contact], { user_id: newId() }))).code, "owner_not_found");
});

test("into a sequence that is off they join paused; into one without steps too", async () => {
  const off = await newSequence(team, { active: false });
  const bare = await newSequence(team, { active: false, emailer_steps: [] });
  for (const { id } of [off, bare]) {
    const answer = await add(id, [await newContact(team)]);
    const row = answer.contacts[0]?.contact_campaign_statuses[0];
    assert.deepEqual([row?.status, row?.inactive_reason], ["paused", "Sequence inactive"]);
    assert.equal(answer.enrollments[0]?.first_step_due_at, null);
  }
});

test("contacts added before there was a step begin at the first one when the sequence is switched on", async () => {
  const { id } = await newSequence(team, { active: false, emailer_steps: [] });
  const contact = await newContact(team);
  await add(id, [contact]);
  const { emailer_step } = await team.api.steps.create({ emailer_campaign_id: id, ...CALL_STEP });
  await team.api.sequences.approve({ id });
  const [row] = (await team.api.contacts.get({ id: contact })).contact.contact_campaign_statuses;
  assert.deepEqual(
    [row?.status, row?.current_step_id, row?.current_step_position],
    ["active", emailer_step.id, 1],
  );
});

test("a start in the future is a pause that says when it ends", async () => {
  const { id } = await newSequence(team);
  const at = new Date(Date.now() + 7 * 86_400_000).toISOString();
  const answer = await add(id, [await newContact(team)], { status: "paused", auto_unpause_at: at });
  const row = answer.contacts[0]?.contact_campaign_statuses[0];
  assert.deepEqual(
    [row?.status, row?.inactive_reason, row?.auto_unpause_at?.slice(0, 19)],
    ["paused", "scheduled start", at.slice(0, 19)],
  );
  assert.ok((answer.enrollments[0]?.first_step_due_at ?? "") >= at.slice(0, 19));
  const past = await refused(add(id, [await newContact(team)], { auto_unpause_at: "2020-01-01T00:00:00Z" }));
  assert.equal(past.code, "joining_start_past");
  const held = await add(id, [await newContact(team)], { status: "paused" });
  assert.equal(held.contacts[0]?.contact_campaign_statuses[0]?.inactive_reason, "manually paused");
});

test("start_step begins further on, passing over what is off", async () => {
  const { id, steps } = await newSequence(team, { emailer_steps: [CALL_STEP, CALL_STEP, CALL_STEP] });
  await team.api.steps.update({ id: steps[1] ?? "", enabled: false });
  const position = async (start_step: number) =>
    (await add(id, [await newContact(team)], { start_step })).contacts[0]?.contact_campaign_statuses[0]
      ?.current_step_position;
  assert.deepEqual([await position(1), await position(2), await position(3)], [1, 3, 3]);
  assert.equal(
    (await refused(add(id, [await newContact(team)], { start_step: 4 }))).code,
    "joining_step_missing",
  );
});

test("into an archive they come paused, as Apollo does it, and go on when it is back and switched on", async () => {
  const { id } = await newSequence(team);
  const contact = await newContact(team);
  await team.api.sequences.archive({ id });
  const row = (await add(id, [contact])).contacts[0]?.contact_campaign_statuses[0];
  assert.deepEqual(
    [row?.status, row?.inactive_reason, row?.paused_at],
    ["paused", "Sequence inactive", null],
  );
  await team.api.sequences.change({ id, archived: false });
  await team.api.sequences.approve({ id });
  const [later] = (await team.api.contacts.get({ id: contact })).contact.contact_campaign_statuses;
  assert.equal(later?.status, "active");
});

test("re_enroll starts finished contacts over, in a new generation; active contacts stay", async () => {
  const { id, steps } = await newSequence(team);
  const [done, active] = [await newContact(team), await newContact(team)];
  const first = await add(id, [done, active]);
  const old = first.enrollments.find((one) => one.contact_id === done)?.id;
  await setState(old, "finished", "replied");
  const again = await add(id, [done, active], { re_enroll: true });
  assert.deepEqual(again.skipped_contact_ids, { [active]: "contacts_already_exists_in_current_campaign" });
  const [row] = again.contacts[0]?.contact_campaign_statuses ?? [];
  assert.deepEqual([row?.status, row?.current_step_id], ["active", steps[0]]);
  assert.notEqual(row?.id, old);
  const rows = await asOwner(world, (client) =>
    client.query("select generation, state from enrollments where contact_id = $1 order by generation", [
      done,
    ]),
  );
  assert.deepEqual(rows.rows, [
    { generation: 1, state: "removed" },
    { generation: 2, state: "active" },
  ]);
  const { audit_log } = await team.api.auditLog.list({ subject_id: old ?? "" });
  assert.deepEqual(audit_log.map(({ type }) => type).sort(), ["enrollment.added", "enrollment.removed"]);
});

test("new members go to the mailbox with most left to send, and what is left is told", async () => {
  const mine = await world.newTeam("Rotation");
  const boxes = [];
  for (const email_daily_threshold of [50, 30, 10])
    boxes.push((await newMailbox(mine, { email_daily_threshold })).id);
  // Also at the end of a week: mails of Monday take nothing of today's.
  const { id } = await newSequence(mine, { emailer_schedule_id: await alwaysOpen(mine) });
  const people = await newContacts(mine, 30);
  const answer = await add(id, people, { send_email_from_email_account_id: boxes }, mine);
  assert.deepEqual(
    answer.mailbox_split.map(({ email_account_id, added, remaining_today }) => [
      email_account_id,
      added,
      remaining_today,
    ]),
    [
      [boxes[0], 25, 25],
      [boxes[1], 5, 25],
      [boxes[2], 0, 10],
    ],
  );
  // Those first mails are planned now, so the next ones are told from what is left.
  const more = await add(id, await newContacts(mine, 2), { send_email_from_email_account_id: boxes }, mine);
  assert.deepEqual(
    more.mailbox_split.map(({ added }) => added),
    [1, 1, 0],
  );
});

test("an alias belongs to one mailbox, and a mailbox that is gone is named", async () => {
  const { id } = await newSequence(team);
  const box = await newMailbox(team, { aliases: ["ole@alias.example"] });
  const from = {
    send_email_from_email_account_id: [box.id],
    send_email_from_email_address: "Ole@alias.example",
  };
  const answer = await add(id, [await newContact(team)], from);
  assert.equal(
    answer.contacts[0]?.contact_campaign_statuses[0]?.send_email_from_email_address,
    "ole@alias.example",
  );
  const unknown = { ...from, send_email_from_email_address: "somebody@else.example" };
  assert.equal((await refused(add(id, [await newContact(team)], unknown))).status, 422);
  await team.api.emailAccounts.disconnect({ id: box.id });
  const gone = await refused(add(id, [await newContact(team)], { send_email_from_email_account_id: box.id }));
  assert.deepEqual([gone.status, gone.message], [422, `These mailboxes are no longer active. ${box.email}`]);
});

test("lists by name are added to ids, each contact once; an unknown list is refused by name", async () => {
  const { id } = await newSequence(team);
  const name = `List ${newId()}`;
  const [one, two] = [
    await newContact(team, { label_names: [name] }),
    await newContact(team, { label_names: [name] }),
  ];
  const answer = await add(id, [one], { label_names: [name.toUpperCase()] });
  assert.deepEqual(new Set(answer.contacts.map((contact) => contact.id)), new Set([one, two]));
  const typo = await refused(add(id, [one], { label_names: [`${name}?`] }));
  assert.deepEqual([typo.status, typo.code], [422, "joining_list_unknown"]);
});

const BAD: [string, Record<string, unknown>, number, string][] = [
  ["no contact named", { contact_ids: [] }, 422, "Please specify either contact_ids or label_names."],
  [
    "no mailbox",
    { send_email_from_email_account_id: null },
    422,
    "Please specify a emailer_campaign_id and send_email_from_email_account_id.",
  ],
  [
    "an id that is not an id",
    { contact_ids: ["nonsense"] },
    422,
    "Parameters misconfigured. nonsense is not a valid ID",
  ],
];
for (const [what, wish, status, message] of BAD)
  test(`${what} is refused in Apollo's words`, async () => {
    const { id } = await newSequence(team);
    const refusal = await refused(add(id, [await newContact(team)], wish));
    assert.deepEqual([refusal.status, refusal.message], [status, message]);
  });

test("ids of path and body that disagree are refused, and nothing is done", async () => {
  const [one, other] = [await newSequence(team), await newSequence(team)];
  const refusal = await refused(add(one.id, [await newContact(team)], { emailer_campaign_id: other.id }));
  assert.deepEqual([refusal.status, refusal.code], [422, "joining_ids_disagree"]);
  assert.equal((await team.api.sequences.show({ id: one.id })).emailer_campaign.num_contacts, 0);
});

test("another team's contacts are not there, and another team's sequence and mailbox neither", async () => {
  const stranger = await world.newTeam("Stranger");
  const theirs = await newContact(stranger);
  const { id } = await newSequence(team);
  assert.deepEqual((await add(id, [theirs])).skipped_contact_ids, { [theirs]: "contact_not_found" });
  assert.equal((await refused(add(id, [theirs], {}, stranger))).status, 404);
  const box = (await newMailbox(stranger)).id;
  const foreign = await refused(add(id, [await newContact(team)], { send_email_from_email_account_id: box }));
  const unknown = newId();
  const never = await refused(
    add(id, [await newContact(team)], { send_email_from_email_account_id: unknown }),
  );
  assert.equal(foreign.message.replace(box, ""), never.message.replace(unknown, ""));
});

test("a sequence that is hidden from a user blocks their contacts without its name, wherever it is shown", async () => {
  const secret = await newSequence(team, { name: "Acquisition of Kraft" });
  const shared = await newSequence(team);
  await team.api.sequences.update({
    id: shared.id,
    sharing_permission: { visibility: "everyone", access_type: "can_edit" },
  });
  const { user } = await team.api.users.invite({ email: `m${newId()}@example.no` });
  const { api_key } = await team.api.apiKeys.create({ name: "member", master: true, user_id: user.id });
  const asMember = { ...team, api: world.client({ apiKey: api_key.key }) };
  await team.api.emailAccounts.update({ id: mailbox, visibility: "everyone" });
  const contact = await newContact(team, { owner_id: user.id });
  const own = { contacts_without_ownership_permission: true };
  await add(secret.id, [contact], own);
  await add(shared.id, [contact], own);
  const told = [
    await add(shared.id, [contact], {}, asMember),
    await asMember.api.joining.verdicts({ id: shared.id }),
    await asMember.api.explain.contact({ id: contact }),
  ];
  for (const answer of told) {
    const text = JSON.stringify(answer);
    assert.match(text, /hidden from you|contacts_active_in_other_campaigns/);
    assert.doesNotMatch(text, /Acquisition/);
    assert.ok(!text.includes(secret.id));
  }
  assert.match(JSON.stringify(await team.api.joining.verdicts({ id: shared.id })), /Acquisition/);
  const { skipped_contacts } = await add(shared.id, [contact], {}, asMember);
  const hidden = skipped_contacts[0]?.reasons.find(
    (one) => one.code === "contacts_active_in_other_campaigns",
  );
  assert.deepEqual([hidden?.evidence.since, hidden?.evidence.step_position], [null, null]);
  assert.equal(hidden?.sentence, "The contact is active in the sequence that is hidden from you.");
});

test("parameters come in the query, in brackets, and as text", async () => {
  const { id } = await newSequence(team);
  const contact = await newContact(team, { email: "" });
  const query = new URLSearchParams([
    ["emailer_campaign_id", id],
    ["contact_ids[]", contact],
    ["send_email_from_email_account_id", mailbox],
    ["sequence_no_email", "true"],
    ["sequence_job_change", "false"],
  ]);
  const { status, body } = await call(`${world.url}/v1/emailer_campaigns/${id}/add_contact_ids?${query}`, {
    method: "POST",
    key: team.key,
  });
  assert.deepEqual([status, (body as Answer).contacts.length], [200, 1]);
});

test("a dry run tells everything and leaves nothing", async () => {
  const { id } = await newSequence(team);
  const [in_, out] = [await newContact(team), await newContact(team, { email: "" })];
  const wish = { id, contact_ids: [in_, out], send_email_from_email_account_id: [mailbox] };
  const dry = (await team.api.joining.addContacts(wish, { dryRun: true })) as Answer & {
    dry_run: boolean;
  };
  assert.equal(dry.dry_run, true);
  assert.deepEqual([dry.contacts.length, dry.skipped_contact_ids], [1, { [out]: "contacts_without_email" }]);
  assert.equal((await team.api.sequences.show({ id })).emailer_campaign.num_contacts, 0);
  assert.equal((await team.api.joining.verdicts({ id })).pagination.total_entries, 0);
  const [preview] = dry.previews ?? [];
  assert.match(preview?.subject ?? "", /^Hello Person\d+$/);
  assert.deepEqual([preview?.contact_id, preview?.missing, preview?.needs_review], [in_, [], false]);
  const real = await add(id, [in_, out]);
  assert.equal(real.previews, undefined);
  assert.deepEqual(
    [real.mailbox_split, real.skipped_contact_ids],
    [dry.mailbox_split, dry.skipped_contact_ids],
  );
});

test("where a colleague's answer holds mails back, contacts who join after it get a warning", async () => {
  const { id } = await newSequence(team, { same_account_reply_policy_cd: "mark_not_sent" });
  const domain = `answered${newId()}.example`;
  const [one, two] = [
    await newContact(team, { email: `one@${domain}` }),
    await newContact(team, { email: `two@${domain}` }),
  ];
  const { enrollments } = await add(id, [one]);
  await setState(enrollments[0]?.id, "finished", "replied");
  await asOwner(world, (client) =>
    client.query("update enrollments set replied_at = now() where id = $1", [enrollments[0]?.id]),
  );
  const { warnings } = await add(id, [two]);
  assert.deepEqual(
    warnings.map(({ code, evidence }) => [code, evidence.contact_id, evidence.policy]),
    [["same_account_reply", one, "mark_not_sent"]],
  );
});

test("more than a thousand, or async, is work in the background with one verdict each", async () => {
  const { id } = await newSequence(team);
  const people = await newContacts(team, 20);
  const wish = {
    id,
    contact_ids: [...people, ...people, newId()],
    send_email_from_email_account_id: [mailbox],
    async: true,
  };
  const started = (await team.api.joining.addContacts(wish)) as unknown as {
    entity_progress_job: {
      id: string;
      job_type: string;
      params: Record<string, unknown>;
      batch_size: number;
      progress: number;
    };
    request_id: string;
    signals_hash: null;
  };
  const { entity_progress_job: job } = started;
  assert.deepEqual(
    [job.job_type, job.progress, job.batch_size, started.signals_hash],
    ["sequence_add_contact", 0, 999, null],
  );
  assert.deepEqual(job.params, {
    sequence_id: id,
    send_email_from_email_account_id: [mailbox],
    source: "add_to_sequence_api",
    safety_check_filter_options: {
      sequence_no_email: "false",
      sequence_unverified_email: "false",
      sequence_job_change: "false",
      sequence_active_in_other_campaigns: "false",
      sequence_finished_in_other_campaigns: "false",
      sequence_same_company_in_same_campaign: "false",
    },
  });
  const done = await untilDone(job.id);
  assert.deepEqual([done.status, done.counts, done.total], ["done", { added: 20, skipped: 1 }, 21]);
  const { pagination } = await team.api.joining.verdicts({ id, request_id: started.request_id });
  assert.equal(pagination.total_entries, 21);
  const { pagination: skipped } = await team.api.joining.verdicts({ id, code: "contact_not_found" });
  assert.equal(skipped.total_entries, 1);
});

test("a missing value that a mail needs is named at once, with the step; more than five are not shown", async () => {
  const { id } = await newSequence(team);
  const people = await newContacts(team, 7, { first_name: "" });
  const wish = { id, contact_ids: people, send_email_from_email_account_id: [mailbox] };
  const dry = (await team.api.joining.addContacts(wish, { dryRun: true })) as Answer;
  assert.equal(dry.previews?.length, 5);
  assert.deepEqual(dry.previews?.[0]?.missing, ["first_name"]);
  assert.deepEqual(
    dry.warnings.map(({ code, evidence }) => [code, evidence.position, evidence.missing]),
    people.map(() => ["snippets_missing", 1, "first_name"]),
  );
});

test("a dry run of what would be put off tells what it would come to", async () => {
  const { id } = await newSequence(team);
  const people = await newContacts(team, 12);
  const wish = {
    id,
    contact_ids: [...people, newId()],
    send_email_from_email_account_id: [mailbox],
    async: true,
  };
  const dry = (await team.api.joining.addContacts(wish, { dryRun: true })) as unknown as {
    num_added: number;
    skipped_contacts: unknown[];
    mailbox_split: { added: number }[];
    entity_progress_job: { id: string };
  };
  assert.deepEqual([dry.num_added, dry.skipped_contacts.length, dry.mailbox_split[0]?.added], [12, 1, 12]);
  assert.equal((await refused(team.api.progress.get({ id: dry.entity_progress_job.id }))).status, 404);
  assert.equal((await team.api.sequences.show({ id })).emailer_campaign.num_contacts, 0);
});

test("work in many batches is split among the mailboxes as one would be", async () => {
  const mine = await world.newTeam("Batches");
  const boxes = [];
  for (const email_daily_threshold of [60, 30])
    boxes.push((await newMailbox(mine, { email_daily_threshold })).id);
  // No contact is due within a day, so earlier batches are visible only in these dates.
  const { id } = await newSequence(mine, {
    emailer_steps: [{ ...MAIL_STEP, wait_time: 9, wait_mode: "day" }],
  });
  const wish = {
    id,
    contact_ids: await newContacts(mine, 60),
    send_email_from_email_account_id: boxes,
    async: true,
  };
  const started = (await mine.api.joining.addContacts(wish)) as unknown as {
    entity_progress_job: { id: string };
  };
  await asOwner(world, (client) =>
    client.query("update progress set batch_size = 10 where id = $1", [started.entity_progress_job.id]),
  );
  await untilDone(started.entity_progress_job.id, mine);
  const { rows } = await asOwner(world, (client) =>
    client.query(
      "select mailbox_id, count(*)::int from enrollments where sequence_id = $1 group by 1 order by 2 desc",
      [id],
    ),
  );
  assert.deepEqual(
    rows.map(({ count }) => count),
    [45, 15],
  );
});

test("what adding would meet is counted beforehand", async () => {
  const { id } = await newSequence(team);
  const people = [
    await newContact(team),
    await newContact(team, { email: "" }),
    await newContact(team, { email_status: "unverified" }),
  ];
  const found = await team.api.joining.checkDeployability({ emailer_campaign_id: id, contact_ids: people });
  assert.deepEqual(
    [found.num_no_email, found.num_unverified_email, found.num_total_dangerous_contacts, found.show_warning],
    [1, 1, 2, true],
  );
  assert.equal(found.sample_no_email_contacts[0]?.id, people[1]);
});

test("a contact in an excluded stage joins, with a warning", async () => {
  const { contact_stages } = await team.api.contactStages.list();
  const stage = contact_stages.find(({ name }) => name === "Bad Data")?.id ?? "";
  const { id } = await newSequence(team, { excluded_contact_stage_ids: [stage] });
  const contact = await newContact(team, { contact_stage_id: stage });
  const warned = await add(id, [contact]);
  assert.deepEqual(
    [warned.contacts.length, warned.warnings.map(({ code }) => code)],
    [1, ["contact_stage_safeguard"]],
  );
  const other = await newContact(team, { contact_stage_id: stage });
  assert.deepEqual((await add(id, [other], { contact_verification_skipped: true })).warnings, []);
});

function setState(id: string | undefined, state: string, reason: string | null) {
  return asOwner(world, (client) =>
    client.query("update enrollments set state = $2, inactive_reason = $3, due_at = null where id = $1", [
      id,
      state,
      reason,
    ]),
  );
}

/** Work that will not come to this contact while the test runs. */
async function waitingJob(contact: string) {
  const id = newId();
  await asOwner(world, async (client) => {
    await client.query(
      `insert into progress (team_id, id, user_id, job_type, entity_ids, params, instructions, status, total, created_at, updated_at)
       values ($1, $2, $3, 'sequence_add_contact', array[$4], '{}', '{}', 'pending', 1, now(), now())`,
      [team.id, id, team.owner.id, contact],
    );
    await client.query(
      "insert into progress_items (team_id, progress_id, position, item_key) values ($1, $2, 0, $3)",
      [team.id, id, contact],
    );
  });
  return id;
}

async function untilDone(id: string, at = team) {
  for (;;) {
    const { entity_progress_job: job } = await at.api.progress.get({ id });
    if (job.finished_at) return job;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

test("a step without an approved email, at which all would wait, is told when they are added", async () => {
  const draft = {
    status: "to_be_reviewed" as const,
    emailer_template: { subject: "Two", body_html: "<p>Two</p>" },
  };
  const { id } = await newSequence(team, {
    emailer_steps: [
      MAIL_STEP,
      { ...MAIL_STEP, emailer_touches: [draft] },
      { ...MAIL_STEP, emailer_touches: [draft] },
    ],
  });
  const contact = await newContact(team);
  const nobody = await newContact(team, { email: undefined });
  const { warnings } = await add(id, [contact, nobody], { sequence_no_email: true });
  assert.deepEqual(
    warnings
      .filter(({ code }) => code === "needs_review")
      .map((one) => [one.contact_id, one.evidence, one.sentence]),
    [
      [
        contact,
        { position: 2 },
        "Step 2 has no approved email, so the contact waits there until one is approved.",
      ],
    ],
  );
  const later = await newContact(team);
  assert.deepEqual(
    (await add((await newSequence(team)).id, [later])).warnings.map(({ code }) => code),
    [],
  );
});

test("a contact who had steps before gets a warning for each that is repeated, and for no other", async () => {
  const { id, steps } = await newSequence(team, { emailer_steps: [MAIL_STEP, CALL_STEP, MAIL_STEP] });
  const [known, fresh] = [await newContact(team), await newContact(team)];
  const { enrollments } = await add(id, [known]);
  for (const step_id of [steps[0], steps[2]])
    await plantMessage(world, team, id, {
      contact_id: known,
      enrollment_id: enrollments[0]?.id,
      mailbox_id: mailbox,
      step_id,
      completed_at: world.running.app.now().toString(),
      confirmation: "confirmed",
    });
  const wish = { emailer_campaign_ids: [id], contact_ids: [known] };
  await team.api.enrollments.removeOrStop({ ...wish, mode: "remove" });
  const told = ({ warnings }: Answer) =>
    warnings.map(({ contact_id, code, evidence }) => [contact_id, code, evidence.steps]);
  const tried = await team.api.joining.addContacts(
    { id, contact_ids: [known, fresh], send_email_from_email_account_id: [mailbox] },
    { dryRun: true },
  );
  assert.deepEqual(told(tried as Answer), [[known, "steps_received", "1, 3"]]);
  assert.deepEqual(told(await add(id, [known], { start_step: 2 })), [[known, "steps_received", "3"]]);
  await team.api.enrollments.removeOrStop({ ...wish, mode: "mark_as_finished" });
  assert.deepEqual(told(await add(id, [known], { re_enroll: true })), [[known, "steps_received", "1, 3"]]);
});

test("an invalid address, and an owner who has left, get a warning before the gate reports them", async () => {
  const other = await world.newTeam();
  const box = (await newMailbox(other)).id;
  const { id } = await newSequence(other);
  const { user } = await other.api.users.invite({ email: `left${newId()}@example.no` });
  const contact = await newContact(other);
  await asOwner(world, async (client) => {
    await client.query("update contacts set email = 'no address' where id = $1", [contact]);
    await client.query("update sequences set owner_id = $2 where id = $1", [id, user.id]);
    await client.query("update users set deactivated_at = now() where id = $1", [user.id]);
  });
  const { warnings } = await add(id, [contact], { send_email_from_email_account_id: [box] }, other);
  assert.deepEqual(
    warnings.map(({ code }) => code),
    ["ownership_permission", "email_format_invalid"],
  );
});

test("the sentence says where a contact is enrolled, since when and how it ended", async () => {
  const here = await newSequence(team);
  const elsewhere = await newSequence(team);
  const [stays, ended] = [await newContact(team), await newContact(team)];
  const { enrollments } = await add(elsewhere.id, [stays, ended]);
  await setState(enrollments.find(({ contact_id }) => contact_id === ended)?.id, "finished", "replied");
  await add(here.id, [stays], { sequence_active_in_other_campaigns: true });
  const sentences = async (to: string, contact: string) =>
    (await add(to, [contact])).skipped_contacts[0]?.reasons.map(({ sentence }) => sentence) ?? [];
  const today = dayWords(world.running.app.now());
  const [already, active] = await sentences(here.id, stays);
  assert.equal(already, "The contact is already in this sequence (step 1, active).");
  assert.equal(
    active,
    `The contact has been in the sequence ${elsewhere.name} since ${today} and is active.`,
  );
  const [finished] = await sentences(here.id, ended);
  assert.match(finished ?? "", /^The contact has finished the sequence .+, with a reply\.$/);
});

test("of several mailboxes one whose server rejects mail gets no contact, unless it is alone", async () => {
  const { id } = await newSequence(team);
  const other = (await newMailbox(team)).id;
  const rest = (until: Temporal.Instant | null) =>
    asOwner(world, (client) =>
      client.query("update mailboxes set backoff_until = $2 where id = $1", [
        other,
        until?.toString() ?? null,
      ]),
    );
  const split = async (ids: string[], people: number) => {
    const answer = await add(id, await newContacts(team, people), { send_email_from_email_account_id: ids });
    return Object.fromEntries(
      answer.mailbox_split.map(({ email_account_id, added, resting }) => [
        email_account_id,
        [added, resting],
      ]),
    );
  };
  await rest(world.running.app.now().add({ hours: 1 }));
  assert.deepEqual(await split([mailbox, other], 3), { [mailbox]: [3, false], [other]: [0, true] });
  assert.deepEqual(await split([other], 1), { [other]: [1, true] });
  await rest(world.running.app.now().subtract({ minutes: 1 }));
  const after = await split([mailbox, other], 4);
  assert.ok(Number(after[other]?.[0]) > 0);
});

test("within a sequence a person is the address: a second contact with it is left out, unless the flag admits it", async () => {
  const { id } = await newSequence(team);
  const email = "Info@twins.example";
  const [one, two, three] = [
    await newContact(team, { email }),
    await newContact(team, { email: email.toLowerCase() }),
    await newContact(team, { email: email.toUpperCase() }),
  ];
  const others = { ...ALL, sequence_same_email_in_same_campaign: false };
  const first = await add(id, [one, two], others);
  assert.deepEqual(first.skipped_contact_ids, { [two]: "contacts_already_exists_in_current_campaign" });
  const answer = await add(id, [three], others);
  assert.deepEqual(answer.skipped_contact_ids, { [three]: "contacts_already_exists_in_current_campaign" });
  const { verdicts } = await team.api.joining.verdicts({ id, contact_id: three });
  assert.match(JSON.stringify(verdicts), /Another contact with the same email address is in this sequence/);
  assert.deepEqual((await add(id, [two, three], ALL)).skipped_contact_ids, {});
});

test("a contact who was taken out comes back by a person's add, and by no file or workflow", async () => {
  const { id } = await newSequence(team);
  const contact = await newContact(team);
  await add(id, [contact], ALL);
  const leaving = { emailer_campaign_ids: [id], contact_ids: [contact], mode: "remove" as const };
  await team.api.enrollments.removeOrStop(leaving);
  const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "job" };
  const byFile = await actFor(world.running.app, onBehalf, async (act) => {
    const waived = new Set<AllowFlag>();
    const asking = { sequence: { id }, byMasterKey: true, ownWork: null, holds: false, waived };
    const { people, colleagues } = await formLine(act, [contact], { ...asking, isExplicit: false });
    const terms = { waived, reEnrolls: false, waitsForOthers: false, colleagues, isExplicit: false };
    return judgeCandidates(people, terms, act.now);
  });
  assert.deepEqual(
    byFile.flat().map(({ code, evidence }) => [code, evidence.because]),
    [["contacts_already_exists_in_current_campaign", "taken_out"]],
  );
  assert.deepEqual((await add(id, [contact], ALL)).skipped_contact_ids, {});
});
