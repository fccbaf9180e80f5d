import assert from "node:assert/strict";
import { test } from "node:test";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
let stranger: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Stranger");
});

async function newPerson(name: string) {
  const email = `${name}@example.no`;
  const { user, invitation_url } = await team.api.users.invite({ email, role: "member" });
  await world
    .client()
    .invitations.accept({ token: tokenIn(invitation_url), name, password: "a password long enough" });
  return { id: user.id, ...(await world.signIn(email, "a password long enough")) };
}

test("a template is written, found by its words, archived", async () => {
  const mine = await world.newTeam("Writers");
  const { folder } = await mine.api.folders.create({ kind: "templates", name: "Spring" });
  const write = async (name: string, body_html: string, rest = {}) =>
    (await mine.api.templates.create({ name, subject: "Hello", body_html, ...rest })).emailer_template;
  const first = await write("First mail", "<p>Hi {{first_name}}</p>", { folder_id: folder.id });
  const second = await write("Second mail", "<p>Once more</p>");
  assert.deepEqual(
    [first.body_text, first.archived, first.creation_type, first.user_id],
    ["Hi {{first_name}}", false, "manual", mine.owner.id],
  );
  const found = async (input: Parameters<typeof mine.api.templates.search>[0]) =>
    (await mine.api.templates.search(input)).emailer_templates.map(({ id }) => id);
  assert.deepEqual(await found({}), [second.id, first.id]);
  assert.deepEqual(await found({ q_name: "mail FIRST" }), [first.id]);
  assert.deepEqual(await found({ q_keywords: "once hello" }), [second.id]);
  assert.deepEqual(await found({ folder_id: folder.id }), [first.id]);
  assert.deepEqual(await found({ page: 2, per_page: 1 }), [first.id]);
  const page = await mine.api.templates.search({ page: 7, per_page: 1 });
  assert.deepEqual(page.pagination, { page: 7, per_page: 1, total_entries: 2, total_pages: 2 });
  assert.deepEqual(
    page.folders.map(({ name }) => name),
    ["Spring"],
  );

  await mine.api.sequences.create({
    name: "x",
    emailer_steps: [{ type: "auto_email", wait_time: 0, wait_mode: "day" }],
  });
  assert.deepEqual(await found({}), [second.id, first.id], "the mails of steps are no library");

  assert.equal((await mine.api.templates.archive({ id: first.id })).emailer_template.archived, true);
  await mine.api.templates.archive({ id: first.id });
  assert.deepEqual(await found({}), [second.id]);
  assert.deepEqual(await found({ archived: true }), [first.id]);
  const back = await mine.api.templates.update({ id: first.id, archived: false });
  assert.deepEqual([back.emailer_template.archived, back.emailer_template.name], [false, first.name]);
  assert.deepEqual(await found({ archived: true }), []);
  await mine.api.templates.update({ id: first.id, archived: false });
  const { audit_log } = await mine.api.auditLog.list({ subject_id: first.id });
  assert.deepEqual(
    audit_log.map(({ type }) => type),
    ["template.unarchived", "template.archived", "template.created"],
    "what changes nothing is not recorded",
  );
  const again = await mine.api.templates.update({ id: first.id, subject: "Put away", archived: true });
  assert.deepEqual([again.emailer_template.archived, again.emailer_template.subject], [true, "Put away"]);
  const changed = await mine.api.templates.update({ id: second.id, subject: "Changed" });
  assert.deepEqual(
    [changed.emailer_template.subject, changed.emailer_template.body_text],
    ["Changed", "Once more"],
  );
});

test("a template is its writer's; everybody's is for all to use and not to change", async () => {
  const ada = await newPerson("ada");
  const bo = await newPerson("bo");
  const { emailer_template: own } = await ada.api.templates.create({ name: "Own", body_html: "x" });
  const { emailer_template: global } = await ada.api.templates.create({
    name: "Global",
    body_html: "x",
    global: true,
  });
  assert.equal((await refused(bo.api.templates.show({ id: own.id }))).status, 404);
  assert.equal((await refused(bo.api.templates.update({ id: own.id, name: "x" }))).status, 404);
  assert.deepEqual(
    (await bo.api.templates.search()).emailer_templates.map(({ id }) => id),
    [global.id],
  );
  const refusal = await refused(bo.api.templates.update({ id: global.id, name: "x" }));
  assert.deepEqual([refusal.status, refusal.code], [403, "template_not_permitted"]);
  assert.equal((await refused(bo.api.templates.archive({ id: global.id }))).status, 403);
  assert.equal(
    (await team.api.templates.update({ id: own.id, name: "By an admin" })).emailer_template.name,
    "By an admin",
  );

  const mine = await bo.api.sequences.create({
    name: "Bo's",
    emailer_steps: [
      {
        type: "auto_email",
        wait_time: 0,
        wait_mode: "day",
        emailer_touches: [{ emailer_template: { id: global.id } }],
      },
    ],
  });
  const touch = mine.emailer_touches[0]?.id ?? "";
  const sneaky = await refused(
    bo.api.touches.update({ id: touch, emailer_template: { id: global.id, body_html: "y" } }),
  );
  assert.equal(sneaky.code, "template_not_permitted");
  const unseen = await refused(bo.api.touches.update({ id: touch, emailer_template: { id: own.id } }));
  assert.equal(unseen.code, "template_not_found");
});

test("a mail of a shared sequence is changed by every user who may change the sequence", async () => {
  const editor = await newPerson("editor");
  const made = await team.api.sequences.create({
    name: "Shared",
    emailer_steps: [{ type: "auto_email", wait_time: 0, wait_mode: "day" }],
  });
  const { id } = made.emailer_campaign;
  const template = made.emailer_templates[0]?.id ?? "";
  assert.equal((await refused(editor.api.templates.update({ id: template, body_html: "x" }))).status, 404);
  const share = (access_type: "can_view" | "can_edit") =>
    team.api.sequences.update({ id, sharing_permission: { visibility: "everyone", access_type } });
  await share("can_view");
  assert.equal((await refused(editor.api.templates.update({ id: template, body_html: "x" }))).status, 403);
  await share("can_edit");
  assert.equal(
    (await editor.api.templates.update({ id: template, body_html: "x" })).emailer_template.body_text,
    "x",
  );
});

test("stars are everybody's own", async () => {
  const { emailer_template } = await team.api.templates.create({ name: "Starred" });
  const { id } = emailer_template;
  assert.deepEqual((await team.api.stars.starTemplate({ id })).emailer_template.starred_by_user_ids, [
    team.owner.id,
  ]);
  await team.api.stars.starTemplate({ id });
  assert.deepEqual((await team.api.stars.unstarTemplate({ id })).emailer_template.starred_by_user_ids, []);
});

test("a stranger's template is not there", async () => {
  const { id } = (await stranger.api.templates.create({ name: "Foreign", global: true })).emailer_template;
  for (const attempt of [
    () => team.api.templates.show({ id }),
    () => team.api.templates.update({ id, name: "x" }),
    () => team.api.templates.archive({ id }),
    () => team.api.stars.starTemplate({ id }),
  ])
    assert.equal((await refused(attempt())).status, 404);
});
