// What a member reads of a sequence that is hidden from them: nothing, wherever contacts are shown, counted, looked for and told of.

import assert from "node:assert/strict";
import { test } from "node:test";
import { contract } from "@cadenza/contract";
import type { shapes } from "@cadenza/sdk";
import { actFor } from "../../../engine/running/act-for.ts";
import { feedSettles } from "../../../testing/feed.ts";
import { overOf } from "../../../testing/imported.ts";
import { plantMessage } from "../../../testing/planted.ts";
import { alwaysOpen } from "../../../testing/sending.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { catchUpEngine } from "../../../testing/stepping.ts";
import { allCandidates, settled, untilHolds } from "../../../testing/workflowing.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";
import { savePeople } from "../../prospecting/people/commands.ts";

let team: Team;
let member: Team["api"];
let memberId: string;
let hidden: string;
let open: string;
let contact: string;
let account: string;
let person: string;
let imported: string;
let workflow: string;

const NOBODY = "64f0aa00000000000000ffff";
const WAIVED = { sequence_unverified_email: true, contacts_without_ownership_permission: true } as const;

const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  const { user, invitation_url } = await team.api.users.invite({ email: "mia@example.no", role: "member" });
  const password = "a long sentence is a good password";
  await opened.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia Member", password });
  member = (await opened.signIn("mia@example.no", password)).api;
  memberId = user.id;
  const emailer_schedule_id = await alwaysOpen(team);
  const mailbox = (await newMailbox(team)).id;
  const CALL = { type: "call", wait_time: 0, wait_mode: "minute" } as const;
  hidden = (
    await newSequence(team, { name: "Acquisition of Kraft", emailer_schedule_id, emailer_steps: [CALL] })
  ).id;
  open = (await newSequence(team)).id;
  await team.api.sequences.update({
    id: open,
    sharing_permission: { visibility: "everyone", access_type: "can_edit" },
  });
  const wish = { teamId: team.id, userId: team.owner.id, cause: "test" };
  const [saved] = await actFor(opened.running.app, wish, (act) =>
    savePeople(act, "csv", [{ firstName: "Ines", lastName: "Okafor", email: "ines@kraft.no" }]),
  );
  person = saved?.id ?? "";
  account = (await team.api.accounts.create({ name: "Norrland Kraft", domain: "kraft.no" })).account.id;
  contact = await newContact(team, { email: "ines@kraft.no", person_id: person, account_id: account });
  await team.api.people.match({ id: person });
  for (const id of [hidden, open])
    await team.api.joining.addContacts({
      id,
      contact_ids: [contact],
      send_email_from_email_account_id: [mailbox],
      ...WAIVED,
      sequence_active_in_other_campaigns: true,
      sequence_finished_in_other_campaigns: true,
    });
  const started = await team.api.imports.create({
    text: "First name,Email\nOle,ole@kraft.no\n",
    add_to_sequence: { id: hidden, send_email_from_email_account_id: [mailbox], ...WAIVED },
  });
  imported = started.import.id;
  await overOf(team, imported, started.entity_progress_job.id);
  workflow = (
    await team.api.workflows.create({
      name: "Who is in it",
      trigger: { type: "schedule", cron: "0 3 * * *" },
      filters: { emailer_campaign_ids: [open] },
      actions: [{ type: "notify", text: "Here" }],
    })
  ).workflow.id;
  await catchUpEngine(opened);
  await plantMessage(opened, team, hidden, { contact_id: contact, subject: "Before the announcement" });
  await feedSettles(opened);
});

/** Whatever it answers, refusals too, as text. */
async function answers(api: Team["api"], noun: string, verb: string, input: object) {
  const nouns = api as unknown as Record<string, Record<string, (input: object) => Promise<unknown>>>;
  try {
    return JSON.stringify((await nouns[noun]?.[verb]?.(input)) ?? null);
  } catch (error) {
    return `${(error as Error).message}`;
  }
}

const names = (text: string) => /Acquisition|announcement/.test(text) || text.includes(hidden);

const SHOWN = [
  ...[
    "accounts.get",
    "accounts.search",
    "accounts.timeline",
    "contacts.get",
    "contacts.search",
    "contacts.timeline",
  ],
  ...["events.list", "imports.get", "imports.list", "search.records", "tasks.get", "tasks.search"],
];

test("no call that only reads names a hidden sequence, whatever it is asked about; to an admin these do", async () => {
  const { tasks } = await team.api.tasks.search({ emailer_campaign_ids: [hidden] });
  assert.ok(tasks[0]);
  assert.deepEqual((await member.tasks.search({ emailer_campaign_ids: [hidden] })).tasks, []);
  const ids = [contact, account, person, imported, workflow, hidden, open, memberId, tasks[0].id];
  const told: string[] = [];
  const toAdmin = new Set<string>();
  for (const [noun, verbs] of Object.entries(contract))
    for (const [verb, endpoint] of Object.entries(verbs)) {
      if (endpoint.effect !== "read" || endpoint.isFile) continue;
      const wishes = endpoint.path.includes("{id}")
        ? ids.map((id) => ({ id }))
        : [{}, { contact_id: contact }, { contact_ids: [contact] }, { q_keywords: "kraft" }];
      for (const wish of wishes) {
        const isNamed = JSON.stringify(wish).includes(hidden); // a refusal may repeat it
        const text = await answers(member, noun, verb, wish);
        if (isNamed ? /Acquisition|announcement/.test(text) : names(text)) told.push(`${noun}.${verb}`);
        if (SHOWN.includes(`${noun}.${verb}`) && names(await answers(team.api, noun, verb, wish)))
          toAdmin.add(`${noun}.${verb}`);
      }
    }
  assert.deepEqual([...new Set(told)], []);
  assert.deepEqual([...toAdmin].sort(), SHOWN, "all of them have something to hide");
});

test("nor do answers of calls that change something", async () => {
  const stage = (await team.api.contactStages.list({})).contact_stages[0]?.id ?? "";
  const told = {
    updated: await member.contacts.update({ id: contact, title: "Head of Plant" }),
    moved: await member.contacts.updateStages({ contact_ids: [contact], contact_stage_id: stage }),
    matched: await member.people.match({ id: person }),
    inBulk: await member.people.bulkMatch({ details: [{ id: person }] }),
    ofAccount: await member.accounts.update({ id: account, phone: "+47 22 22 22 22" }),
    managed: await member.enrollments.pause({ id: open, contact_ids: [contact] }),
  };
  for (const [what, answer] of Object.entries(told)) {
    assert.ok(JSON.stringify(answer).includes(open) || what === "moved", `${what} shows what may be seen`);
    assert.ok(!names(JSON.stringify(answer)), what);
  }
  const { person: shown } = await team.api.people.match({ id: person });
  assert.deepEqual(
    shown?.contact?.emailer_campaign_ids.toSorted(),
    [hidden, open].toSorted(),
    "an admin sees both",
  );
});

/** An admin's workflow that acts on the hidden sequence. */
async function actingOnHidden() {
  const { email_accounts } = await team.api.emailAccounts.list({});
  const waived = { sequence_unverified_email: true, contacts_without_ownership_permission: true };
  const terms = { send_email_from_email_account_id: [email_accounts[0]?.id ?? ""], ...waived };
  const standing = { contact_campaign_statuses_or_failure_reasons: [`${hidden}active`] };
  const made = await team.api.workflows.create({
    name: "Acts far away",
    trigger: { type: "event", event: "task.completed" },
    filters: { emailer_campaign_ids: [open, hidden] },
    actions: [
      { type: "add_to_sequence", emailer_campaign_id: hidden, ...terms },
      { type: "add_to_sequence", emailer_campaign_id: open, ...terms },
      { type: "remove_from_sequence", emailer_campaign_ids: [hidden, open], mode: "remove" },
      { type: "branch", filters: standing, yes: [{ type: "notify", text: "Here" }], no: [] },
    ],
  });
  return made.workflow.id;
}

test("a workflow that acts on a hidden sequence shows what else it does, and not how that sequence stands", async () => {
  const id = await actingOnHidden();
  const look = async (api: Team["api"]) => (await api.workflows.get({ id })).workflow;
  const seen = await look(member);
  const [joins, joinsToo, leaves] = seen.actions;
  assert.deepEqual([joins?.emailer_campaign_id, joinsToo?.emailer_campaign_id], [null, open]);
  assert.deepEqual([leaves?.emailer_campaign_ids, seen.filters], [[open], { emailer_campaign_ids: [open] }]);
  assert.ok(!names(JSON.stringify(seen)));
  assert.ok(names(JSON.stringify(await look(team.api))));

  await team.api.workflows.update({ id, filters: {} });
  await team.api.sequences.abort({ id: hidden });
  const codes = (of: { code: string }[]) => of.map(({ code }) => code);
  assert.deepEqual(
    [codes((await look(member)).warnings), codes((await look(team.api)).warnings)],
    [["sequence_hidden"], ["sequence_inactive"]],
  );
  const other = await newContact(team);
  await team.api.workflows.run({ id, entity_ids: [other] });
  const [held] = await settled(team, id, 1);
  assert.equal(held?.held_up?.code, "sequence_inactive");
  assert.deepEqual(codes((await look(member)).held_up), ["sequence_hidden"]);
  const explained = (api: Team["api"]) => api.workflows.explain({ id, entity_id: other });
  const hold = (await explained(member)).explanation.candidates[0];
  assert.deepEqual([hold?.held_up?.code, hold?.sentence], ["sequence_hidden", hold?.held_up?.sentence]);

  await team.api.sequences.approve({ id: hidden });
  world.advance({ minutes: 2 });
  await untilHolds(
    () => allCandidates(team, id),
    (all) => all.every(({ verdict }) => verdict !== "waiting"),
  );
  assert.match(JSON.stringify(await explained(team.api)), /has been in the sequence Acquisition/);
  const told = JSON.stringify(await explained(member));
  assert.match(told, /active in the sequence that is hidden from you/);
  assert.ok(!names(told));
});

test("a member who owns a workflow that names a hidden sequence cannot drop that sequence by changing it", async () => {
  const id = await actingOnHidden();
  await team.api.workflows.update({ id, user_id: memberId });
  const { actions, filters } = (await member.workflows.get({ id })).workflow;
  const notice = actions.slice(1, 2) as shapes.WorkflowAction[];
  for (const part of [{ filters }, { filters: {} }, { actions: notice }])
    assert.equal((await refused(member.workflows.update({ id, ...part }))).code, "hidden_sequence_named");
  const told = await member.workflows.update({ id, name: "Mine", caps: { per_run: 5 } });
  assert.equal(told.workflow.name, "Mine");
  const kept = (await team.api.workflows.get({ id })).workflow;
  assert.deepEqual(kept.filters, { emailer_campaign_ids: [open, hidden] });
  assert.equal(kept.actions.length, 4);
  const trigger = { type: "event", event: "contact.created" } as const;
  assert.equal((await member.workflows.update({ id, trigger })).workflow.trigger.type, "event");
  assert.equal((await team.api.workflows.update({ id, filters: {} })).workflow.id, id, "an admin sees all");
});

test("a copilot for a hidden sequence does not name it, keeps what it is asked for, and can be switched off", async () => {
  const share = (visibility: "everyone" | "restricted") =>
    team.api.sequences.update({
      id: theirs,
      sharing_permission: { visibility, access_type: "can_edit" },
    });
  const theirs = (await newSequence(team, { name: "Acquisition of others" })).id;
  await share("everyone");
  const { email_accounts } = await team.api.emailAccounts.list({});
  const { copilot } = await member.copilots.create({
    name: "Whom next",
    emailer_campaign_id: theirs,
    filters: { emailer_campaign_ids: [theirs] },
    email_account_ids: [email_accounts[0]?.id ?? ""],
    per_day: 5,
    review: true,
    hour: 7,
  });
  assert.equal(copilot.emailer_campaign_id, theirs);
  await share("restricted");
  const { id } = copilot;
  const seen = [(await member.copilots.show({ id })).copilot, ...(await member.copilots.list()).copilots];
  for (const one of seen) {
    assert.equal(one.emailer_campaign_id, null);
    assert.ok(!JSON.stringify(one).includes(theirs));
  }
  const wish = { id, filters: { q_title: "plant" }, emailer_campaign_id: open };
  assert.equal((await refused(member.copilots.update(wish))).code, "hidden_sequence_named");
  assert.equal((await member.copilots.update({ id, active: false })).copilot.active, false);
  assert.equal((await team.api.copilots.show({ id })).copilot.emailer_campaign_id, theirs);
  await team.api.copilots.delete({ id });
});

test("long work that was asked for a hidden sequence does not name it, nor do its items", async () => {
  const { entity_progress_job: job } = (await team.api.enrollments.removeOrStop({
    emailer_campaign_ids: [hidden, open],
    contact_ids: [NOBODY],
    mode: "remove",
    async: true,
  })) as unknown as { entity_progress_job: { id: string } };
  const filter = { contact_campaign_statuses_or_failure_reasons: [`${hidden}active`] };
  const checked = await team.api.emailVerifications.start({ contact_filter: filter });
  await catchUpEngine(world);
  const texts = async (api: Team["api"]) => {
    const ofOne = [job.id, checked.entity_progress_job.id].flatMap((id) => [
      api.progress.get({ id }),
      api.progress.items({ id }),
    ]);
    return (await Promise.all([...ofOne, api.progress.list({})])).map((one) => JSON.stringify(one));
  };
  assert.deepEqual((await texts(member)).map(names), [false, false, false, false, false]);
  assert.deepEqual((await texts(team.api)).map(names), [true, false, true, false, true]);
  const { params } = (await member.progress.get({ id: job.id })).entity_progress_job;
  assert.deepEqual(params.sequence_ids, [open], "what may be seen is shown");
});

const FILTERS = {
  "a sequence": () => ({ emailer_campaign_ids: [hidden] }),
  "a standing in one": () => ({ contact_campaign_statuses_or_failure_reasons: [`${hidden}active`] }),
};

for (const [what, filterOf] of Object.entries(FILTERS))
  test(`a filter by ${what} that is hidden finds nothing, and does not show its name`, async () => {
    const filter = filterOf();
    const asAdmin = await team.api.contacts.search(filter);
    assert.ok(asAdmin.contacts.length > 0);
    assert.match(asAdmin.breadcrumbs[0]?.display_name ?? "", /Acquisition/);
    const { contacts, breadcrumbs, pagination } = await member.contacts.search(filter);
    assert.deepEqual([contacts, pagination.total_entries], [[], 0]);
    assert.doesNotMatch(JSON.stringify(breadcrumbs), /Acquisition/);
    assert.deepEqual((await member.contacts.matching(filter)).contacts, []);
    const csv = await (await member.contacts.search.csv(filter)).text();
    assert.equal(csv.trim().split("\n").length, 1, "the file has its head line alone");
    const work = await member.emailVerifications.start({ contact_filter: filter });
    assert.deepEqual(work.entity_progress_job.entity_ids ?? [], []);
    const found = async (api: Team["api"]) => {
      const { workflow: made } = await api.workflows.create({
        name: `Looks for ${what}`,
        trigger: { type: "schedule", cron: "0 3 * * *" },
        filters: filter,
        actions: [{ type: "notify", text: "Here" }],
      });
      const run = await api.workflows.run({ id: made.id }, { dryRun: true });
      return (run as { outlook?: { num_candidates: number } }).outlook?.num_candidates ?? -1;
    };
    assert.deepEqual([await found(member), (await found(team.api)) > 0], [0, true]);
  });

test("a shared view finds nothing by a sequence that is hidden, and a private view stays hidden", async () => {
  const filter = { emailer_campaign_ids: [hidden] };
  const save = (name: string, shared: boolean) =>
    team.api.views.create({ subject: "contacts", name, filter, shared });
  await save("Kraft, kept", false);
  const { view } = await save("Shared", true);
  const [seen, ...others] = (await member.views.list({ subject: "contacts" })).views;
  assert.deepEqual([seen?.id, others], [view.id, []]);
  assert.deepEqual((await member.contacts.search(seen?.filter as typeof filter)).contacts, []);
});

test("what names a hidden sequence is refused in the words for one that is not there", async () => {
  const { email_accounts } = await team.api.emailAccounts.list({});
  const mailbox = email_accounts[0]?.id ?? "";
  const attempts: Record<string, (id: string) => Promise<unknown>> = {
    workflow: (id) =>
      member.workflows.create({
        name: "Reaches far",
        trigger: { type: "schedule", cron: "0 3 * * *" },
        actions: [
          {
            type: "add_to_sequence",
            emailer_campaign_id: id,
            send_email_from_email_account_id: [mailbox],
          },
        ],
      }),
    leaving: (id) =>
      member.workflows.create({
        name: "Reaches far",
        trigger: { type: "schedule", cron: "0 3 * * *" },
        actions: [{ type: "remove_from_sequence", emailer_campaign_ids: [id], mode: "remove" }],
      }),
    copilot: (id) =>
      member.copilots.create({
        name: "Reaches far",
        emailer_campaign_id: id,
        per_day: 5,
        email_account_ids: [mailbox],
        filters: { q_keywords: "kraft" },
      }),
    file: (id) =>
      member.imports.create({
        text: "Email\nole@kraft.no\n",
        add_to_sequence: { id, send_email_from_email_account_id: [mailbox] },
      }),
    joining: (id) =>
      member.joining.addContacts({
        id,
        contact_ids: [contact],
        send_email_from_email_account_id: [mailbox],
      }),
    pausing: (id) => member.enrollments.pause({ id, contact_ids: [contact] }),
  };
  const codes: Record<string, string | null> = {};
  for (const [what, attempt] of Object.entries(attempts)) {
    const [ofHidden, ofNobody] = [await refused(attempt(hidden)), await refused(attempt(NOBODY))];
    const told = ({ status, code, message }: typeof ofHidden) => [
      status,
      code,
      message.replaceAll(hidden, "it").replaceAll(NOBODY, "it"),
    ];
    assert.deepEqual(told(ofHidden), told(ofNobody), what);
    codes[what] = ofNobody.code;
  }
  const asIfNotThere = { copilot: "record_not_found", file: "record_not_found", joining: "record_not_found" };
  const unnamed = { workflow: "workflow_names_missing", leaving: "workflow_names_missing" };
  assert.deepEqual(codes, { ...asIfNotThere, ...unnamed, pausing: "record_not_found" });
});

test("the feed goes on behind what it passes over, and tells it once the sequence is shared", async () => {
  const all = async (api: Team["api"]) => {
    const events: { data: Record<string, unknown>; subject: { id: string } }[] = [];
    for (let since: string | undefined; ; ) {
      const page = await api.events.list({ limit: 1, ...(since && { since }) });
      events.push(...page.events);
      if (page.next_since === since) return events;
      since = page.next_since;
    }
  };
  const isAbout = (event: { data: Record<string, unknown>; subject: { id: string } }) =>
    event.data.sequence_id === hidden || event.subject.id === hidden;
  const before = (await all(member)).filter(isAbout);
  assert.deepEqual(before, []);
  const share = { user_or_team_id: memberId, user_or_team_type: "user", access_type: "can_view" } as const;
  await team.api.sequences.update({ id: hidden, sharing_permission: { added_sharing_accesses: [share] } });
  await feedSettles(world);
  assert.ok((await all(member)).filter(isAbout).length >= 3);
  const { contact: shown } = await member.contacts.get({ id: contact });
  assert.deepEqual(shown.emailer_campaign_ids.toSorted(), [hidden, open].toSorted());
  assert.equal((await member.imports.get({ id: imported })).import.sequence_id, hidden);
});
