import assert from "node:assert/strict";
import { test } from "node:test";
import { actFor } from "../../../engine/running/act-for.ts";
import { bothAtOnce } from "../../../testing/held-open.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { newWorkflow } from "../../../testing/workflowing.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";
import { deactivateUser } from "../../administration/users/commands.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const password = "a password long enough";

async function newPerson(at: Team, name: string, role: "admin" | "member") {
  const email = `${name}@example.no`;
  const { user, invitation_url } = await at.api.users.invite({ email, role });
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name, password });
  return { id: user.id, ...(await world.signIn(email, password)) };
}

type Giving = { code: string; what: () => Promise<(user_id: string) => Promise<unknown>> };

const GIVEN: Record<string, Giving> = {
  sequence: {
    code: "owner_not_found",
    async what() {
      const { id } = await newSequence(team);
      return (user_id) => team.api.sequences.update({ id, user_id });
    },
  },
  mailbox: {
    code: "user_deactivated",
    async what() {
      const { id } = await newMailbox(team);
      return (user_id) => team.api.emailAccounts.update({ id, user_id });
    },
  },
  workflow: {
    code: "unknown_id",
    async what() {
      const trigger = { type: "schedule", cron: "0 3 * * *" } as const;
      const { id } = (await newWorkflow(team, { trigger, actions: [{ type: "notify", text: "It is" }] }))
        .workflow;
      return (user_id) => team.api.workflows.update({ id, user_id });
    },
  },
};

for (const [noun, { code, what }] of Object.entries(GIVEN))
  test(`no ${noun} is given to a user who leaves at that moment`, async () => {
    const leaver = (await team.api.users.invite({ email: `${noun}@leavers.example.no` })).user.id;
    const give = await what();
    const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "test" };
    const [, refusal] = await bothAtOnce(
      world,
      (beforeCommit) =>
        actFor(world.running.app, onBehalf, async (act) => {
          await deactivateUser(act, leaver);
          await beforeCommit();
        }),
      () => refused(give(leaver)),
    );
    assert.equal(refusal.code, code);
  });

test("people are searched by part of a name or address, a page at a time", async () => {
  const mine = await world.newTeam("Searchers");
  for (const name of ["Ada", "Åse", "Aksel"])
    await mine.api.users.invite({
      email: `${name.length}${name.codePointAt(0)}@x.example.no`,
      first_name: name,
    });
  const all = await mine.api.users.search({ per_page: 3 });
  assert.deepEqual(all.pagination, { page: "1", per_page: "3", total_entries: 4, total_pages: 2 });
  assert.equal((await mine.api.users.search({ page: 2, per_page: 3 })).users.length, 1);
  assert.deepEqual((await mine.api.users.search({ page: 9, per_page: 3 })).pagination.total_entries, 4);
  assert.deepEqual(
    (await mine.api.users.search({ q_keywords: "åSE" })).users.map((user) => user.first_name),
    ["Åse"],
  );
  for (const wild of ["%", "_", "\\", "'"])
    assert.deepEqual((await mine.api.users.search({ q_keywords: wild })).users, [], wild);
});

test("a person changes their own names and no role; an admin changes both", async () => {
  const member = await newPerson(team, "frida", "member");
  const admin = await newPerson(team, "gunnar", "admin");
  const { user } = await member.api.users.update({ id: member.id, first_name: "Frida", title: "Sales" });
  assert.deepEqual([user.first_name, user.title, user.role], ["Frida", "Sales", "member"]);
  assert.equal((await refused(member.api.users.update({ id: member.id, role: "admin" }))).code, "admin_only");
  assert.equal(
    (await refused(member.api.users.update({ id: admin.id, title: "Intern" }))).code,
    "admin_only",
  );

  const cleared = await admin.api.users.update({ id: member.id, title: null, role: "admin" });
  assert.deepEqual(
    [cleared.user.title, cleared.user.role, cleared.user.first_name],
    [null, "admin", "Frida"],
  );
  await member.api.apiKeys.list();
  await admin.api.users.update({ id: member.id, role: "member" });
  assert.equal((await refused(member.api.apiKeys.list())).code, "admin_only", "the new role holds at once");
});

test("emails name the meeting link of their sender, filled with who the contact is", async () => {
  const { id, api } = await newPerson(team, "ingrid", "member");
  const linkOf = async (meeting_url: string | null) =>
    (await api.users.update({ id, meeting_url })).user.meeting_url;
  for (const wrong of ["cal.com/ingrid", "javascript:alert(1)", "https://"])
    assert.equal((await refused(linkOf(wrong))).code, "meeting_url_invalid", wrong);
  const contact_id = await newContact(team, {
    first_name: "Ines",
    last_name: "Okafor",
    email: "ines@meet.example",
  });
  const { emailer_campaign } = await api.sequences.create({ name: "With a link" });
  const bodyOf = async () => {
    const { preview } = await api.rehearsals.mail({
      id: emailer_campaign.id,
      contact_id,
      subject: "A question",
      body_html: "<p>{{sender_meeting_alias}}</p>",
    });
    return [preview.body_text, preview.missing];
  };
  assert.deepEqual((await bodyOf())[1], ["sender_meeting_alias"], "nobody gets an email without the link");
  assert.equal(await linkOf(" https://cal.com/ingrid "), "https://cal.com/ingrid");
  assert.deepEqual(await bodyOf(), ["https://cal.com/ingrid?name=Ines+Okafor&email=ines%40meet.example", []]);
  assert.equal(await linkOf(""), null);
});

test("users say what a click on a phone number opens", async () => {
  const { id, api } = await newPerson(team, "dagny", "member");
  const linkOf = async (dial_link: string | null) =>
    (await api.users.update({ id, dial_link })).user.dial_link;
  for (const wrong of ["sip:pbx.example.com", "javascript:{number}"])
    assert.equal((await refused(linkOf(wrong))).code, "dial_link_invalid", wrong);
  assert.equal(await linkOf(" sip:{number}@pbx.example.com "), "sip:{number}@pbx.example.com");
  assert.equal(await linkOf(null), null);
});

test("a member reaches nothing that is an admin's, and the refusal shows no limits", async () => {
  const { api } = await newPerson(team, "halvor", "member");
  const calls = [
    () => api.apiKeys.list(),
    () => api.apiKeys.create({ name: "x", master: true }),
    () => api.users.invite({ email: "x@example.no" }),
    () => api.users.deactivate({ id: team.owner.id }),
    () => api.teams.update({ name: "x" }),
    () => api.auditLog.list(),
    () => api.teams.create({ name: "x", owner_email: "x@example.no" }),
    () => api.users.update({ id: team.owner.id, title: "x" }),
  ];
  for (const call of calls) {
    const refusal = await refused(call());
    assert.deepEqual([refusal.status, refusal.code], [403, "admin_only"]);
    assert.deepEqual(
      [...refusal.headers.keys()].filter((name) => /rate-limit|usage|left/.test(name)),
      [],
    );
  }
});

test("the last active admin stays one: not demoted, not deactivated", async () => {
  const mine = await world.newTeam("Alone");
  await newPerson(mine, "ivar", "member");
  for (const call of [
    () => mine.api.users.update({ id: mine.owner.id, role: "member" }),
    () => mine.api.users.deactivate({ id: mine.owner.id }),
  ]) {
    const refusal = await refused(call());
    assert.deepEqual(
      [refusal.code, refusal.message],
      ["last_admin", "A team needs at least one active admin."],
    );
  }
  assert.equal((await mine.api.users.search()).users.find(({ id }) => id === mine.owner.id)?.role, "admin");
});

for (let round = 1; round <= 5; round++) {
  test(`two admins who demote each other at once leave one, round ${round}`, async () => {
    const mine = await world.newTeam("Rivals");
    const owner = await world.signIn(mine.owner.email, mine.owner.password);
    const rival = await newPerson(mine, `rival${round}`, "admin");
    await Promise.allSettled([
      owner.api.users.update({ id: rival.id, role: "member" }),
      rival.api.users.update({ id: mine.owner.id, role: "member" }),
    ]);
    const admins = (await mine.api.users.search()).users.filter(
      ({ role, state }) => role === "admin" && state === "active",
    );
    assert.equal(admins.length, 1);
  });
}

test("two admins who deactivate each other at once leave one", async () => {
  const mine = await world.newTeam("Duel");
  const owner = await world.signIn(mine.owner.email, mine.owner.password);
  const rival = await newPerson(mine, "duellist", "admin");
  await Promise.allSettled([
    owner.api.users.deactivate({ id: rival.id }),
    rival.api.users.deactivate({ id: mine.owner.id }),
  ]);
  assert.equal((await mine.api.users.search()).users.filter(({ state }) => state === "active").length, 1);
});

test("deactivating twice says the same and is told once", async () => {
  const person = await newPerson(team, "jorunn", "member");
  const first = await team.api.users.deactivate({ id: person.id });
  assert.equal(first.user.state, "deactivated");
  await team.api.users.deactivate({ id: person.id });
  const { audit_log } = await team.api.auditLog.list({ subject_id: person.id });
  assert.equal(audit_log.filter(({ type }) => type === "user.deactivated").length, 1);
});

test("what one may not set is ignored: no team, no id, no state, no operator", async () => {
  const person = await newPerson(team, "kari", "member");
  const extra = {
    id: person.id,
    team_id: "64f0aa000000000000000001",
    operator: true,
    is_operator: true,
    email: "other@example.no",
    deactivated_at: "2020-01-01",
    created_at: "2020-01-01",
    title: "kept",
  };
  const { user } = await team.api.users.update(extra);
  assert.deepEqual(
    [user.id, user.team_id, user.email, user.state, user.title],
    [person.id, team.id, "kari@example.no", "active", "kept"],
  );
  assert.equal((await person.api.sessions.current()).operator, false);
});

test("a user who is invited again gets the role and name of the second invitation", async () => {
  const { api } = await world.newTeam();
  await api.users.invite({ email: "mona@example.no", role: "admin" });
  const again = await api.users.invite({ email: "mona@example.no", role: "member", first_name: "Mona" });
  assert.deepEqual([again.user.role, again.user.first_name], ["member", "Mona"]);
});

test("an admin who was invited and never came does not let the last one who did step down", async () => {
  const { api, owner } = await world.newTeam();
  await api.users.invite({ email: "late@example.no", role: "admin" });
  const answer = await refused(api.users.update({ id: owner.id, role: "member" }));
  assert.equal(answer.code, "last_admin");
});
