import assert from "node:assert/strict";
import { test } from "node:test";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const namesOf = async (at: Team) =>
  (await at.api.contactStages.list()).contact_stages.map(({ name }) => name);

test("a new team starts with Apollo's stages, in Apollo's order", async () => {
  const { contact_stages } = await team.api.contactStages.list();
  assert.deepEqual(
    contact_stages.map(({ name, display_order }) => `${display_order} ${name}`),
    [
      "0 New",
      "1 Approaching",
      "2 Replied",
      "3 Interested",
      "4 Not Interested",
      "5 Unresponsive",
      "6 Do Not Contact",
      "7 Bad Data",
      "8 Changed Job",
    ],
  );
  const { account_stages } = await team.api.accountStages.list();
  assert.deepEqual(
    account_stages.map(({ name, display_order }) => `${display_order} ${name}`),
    ["1 Review", "2 Current Client", "3 Active Opportunity", "4 Dead Opportunity", "5 Do Not Prospect"],
  );
  assert.ok(account_stages.every((stage) => stage.team_id === team.id && stage.display_name === stage.name));
});

test("a stage is added where it is wanted, changed, and its name is one of a kind", async () => {
  const mine = await world.newTeam("Stages");
  const { contact_stage } = await mine.api.contactStages.create({
    name: "Warm",
    display_order: 1,
    category: "in_progress",
  });
  assert.deepEqual([contact_stage.display_order, contact_stage.category], [1, "in_progress"]);
  assert.deepEqual((await namesOf(mine)).slice(0, 3), ["New", "Warm", "Approaching"]);

  const changed = await mine.api.contactStages.update({
    id: contact_stage.id,
    name: "Hot",
    category: null,
    display_order: 0,
    ignore_trigger_override: true,
  });
  assert.deepEqual(
    [
      changed.contact_stage.name,
      changed.contact_stage.category,
      changed.contact_stage.ignore_trigger_override,
    ],
    ["Hot", null, true],
  );
  assert.deepEqual((await namesOf(mine)).slice(0, 2), ["Hot", "New"]);

  for (const call of [
    () => mine.api.contactStages.create({ name: "hot" }),
    () => mine.api.contactStages.update({ id: contact_stage.id, name: "REPLIED" }),
  ]) {
    const refusal = await refused(call());
    assert.deepEqual([refusal.status, refusal.code], [422, "stage_exists"]);
  }
  const account = await mine.api.accountStages.create({
    name: "Hot",
    display_order: 1,
    default_exclude_for_leadgen: true,
  });
  assert.deepEqual(
    [account.account_stage.display_order, account.account_stage.default_exclude_for_leadgen],
    [1, true],
  );
});

test("twenty who add the same stage at once add one, and the order has no gaps", async () => {
  const mine = await world.newTeam("Stage crowd");
  const calls = await Promise.allSettled(
    Array.from({ length: 20 }, (_, at) =>
      mine.api.contactStages.create({ name: at % 2 ? "Rush" : `Rush ${at}` }),
    ),
  );
  const failures = calls.flatMap((call) => (call.status === "rejected" ? [call.reason.code] : []));
  assert.deepEqual(new Set(failures), new Set(["stage_exists"]));
  assert.equal(failures.length, 9);
  const { contact_stages } = await mine.api.contactStages.list();
  assert.deepEqual(
    contact_stages.map(({ display_order }) => display_order),
    [...contact_stages.keys()],
  );
});

test("stages are put into an order; those not named follow", async () => {
  const mine = await world.newTeam("Order");
  const { contact_stages } = await mine.api.contactStages.list();
  const ids = [contact_stages[8]?.id ?? "", contact_stages[3]?.id ?? ""];
  const answer = await mine.api.contactStages.reorder({ ids });
  assert.deepEqual(answer.contact_stages.map(({ name }) => name).slice(0, 4), [
    "Changed Job",
    "Interested",
    "New",
    "Approaching",
  ]);
  const foreign = (await team.api.contactStages.list()).contact_stages[0]?.id ?? "";
  assert.equal((await refused(mine.api.contactStages.reorder({ ids: [foreign] }))).status, 404);
});

test("a stage that is used is deleted only with another stage for its contacts", async () => {
  const mine = await world.newTeam("Moving");
  const { account_stages } = await mine.api.accountStages.list();
  const [review, client] = account_stages;
  assert.ok(review && client);
  const insert = `insert into accounts (team_id, id, source, original_source, account_stage_id, created_at, updated_at)
                  values ($1, new_ident(), 'api', 'api', $2, now(), now())`;
  await asOwner(world, (db) => db.query(insert, [mine.id, review.id]));

  const refusal = await refused(mine.api.accountStages.delete({ id: review.id }));
  assert.deepEqual([refusal.status, refusal.message], [422, "1 records are in the stage Review."]);
  const foreign = (await team.api.accountStages.list()).account_stages[0]?.id ?? "";
  for (const reassign_to of [foreign, review.id]) {
    assert.equal((await refused(mine.api.accountStages.delete({ id: review.id, reassign_to }))).status, 404);
  }
  await mine.api.accountStages.delete({ id: review.id, reassign_to: client.id });
  const moved = await asOwner(world, (db) =>
    db.query("select account_stage_id from accounts where team_id = $1", [mine.id]),
  );
  assert.deepEqual(moved.rows, [{ account_stage_id: client.id }]);
  const left = (await mine.api.accountStages.list()).account_stages;
  assert.deepEqual(
    left.map(({ display_order }) => display_order),
    [1, 2, 3, 4],
  );
});

test("the last stage stays", async () => {
  const mine = await world.newTeam("Last");
  const { contact_stages } = await mine.api.contactStages.list();
  for (const { id } of contact_stages.slice(1)) await mine.api.contactStages.delete({ id });
  const refusal = await refused(mine.api.contactStages.delete({ id: contact_stages[0]?.id ?? "" }));
  assert.deepEqual([refusal.status, refusal.code], [422, "stage_last"]);
});

test("strangers reach no stage, and members change none", async () => {
  const stranger = await world.newTeam("Stage strangers");
  const id = (await team.api.contactStages.list()).contact_stages[2]?.id ?? "";
  for (const call of [
    () => stranger.api.contactStages.update({ id, name: "Theirs" }),
    () => stranger.api.contactStages.delete({ id }),
  ]) {
    assert.equal((await refused(call())).code, "record_not_found");
  }
  const { invitation_url } = await team.api.users.invite({ email: "stage.member@example.no" });
  const password = "a password long enough";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia", password });
  const { api } = await world.signIn("stage.member@example.no", password);
  assert.equal((await refused(api.contactStages.create({ name: "Mine" }))).code, "admin_only");
  assert.equal((await api.contactStages.list()).contact_stages.length, 9);
});

test("contacts who are moved because their stage is deleted have that in their own history", async () => {
  const mine = await world.newTeam("Told");
  const [, first, second] = (await mine.api.contactStages.list()).contact_stages;
  const [review, client] = (await mine.api.accountStages.list()).account_stages;
  assert.ok(first && second && review && client);
  const { contact } = await mine.api.contacts.create({ first_name: "Ada", contact_stage_id: first.id });
  const { account } = await mine.api.accounts.create({ name: "Vik", account_stage_id: review.id });
  await mine.api.contactStages.delete({ id: first.id, reassign_to: second.id });
  await mine.api.accountStages.delete({ id: review.id, reassign_to: client.id });
  for (const [subject_id, type, from, to] of [
    [contact.id, "contact.stage_changed", first.id, second.id],
    [account.id, "account.stage_changed", review.id, client.id],
  ] as const) {
    const { audit_log } = await mine.api.auditLog.list({ subject_id, types: [type] });
    assert.deepEqual(
      audit_log.map(({ data, actor }) => [data, actor.user_id]),
      [[{ from, to, because: "stage_deleted" }, mine.owner.id]],
    );
  }
});

test("a contact who enters a stage while it is deleted is moved with the others, or refused in words", async () => {
  const mine = await world.newTeam("Stage races");
  const { contactStages, accountStages, contacts, accounts } = mine.api;
  const contactsGoTo = (await contactStages.list()).contact_stages[0]?.id ?? "";
  const accountsGoTo = (await accountStages.list()).account_stages[0]?.id ?? "";
  for (let round = 0; round < 6; round += 1) {
    const { id } = (await contactStages.create({ name: `Short ${round}` })).contact_stage;
    const { id: ofAccounts } = (await accountStages.create({ name: `Short ${round}` })).account_stage;
    const come = (when: string) =>
      Array.from({ length: 5 }, (_, n) => [
        contacts.create({ first_name: "Late", contact_stage_id: id }),
        accounts.create({ name: `${when} ${round} ${n}`, account_stage_id: ofAccounts }),
      ]).flat();
    const early = come("Early");
    const deleted = [
      contactStages.delete({ id, reassign_to: contactsGoTo }),
      accountStages.delete({ id: ofAccounts, reassign_to: accountsGoTo }),
    ];
    const came = await Promise.allSettled([...early, ...come("Late")]);
    await Promise.all(deleted);
    for (const one of came)
      if (one.status === "rejected") assert.match(one.reason.code, /^(?:contact|account)_reference_unknown$/);
  }
  const kept = await asOwner(world, (db) =>
    db.query(
      `select distinct contact_stage_id as stage from contacts where team_id = $1
       union select distinct account_stage_id from accounts where team_id = $1`,
      [mine.id],
    ),
  );
  assert.ok(kept.rows.every(({ stage }) => [contactsGoTo, accountsGoTo].includes(stage)));
});
