import assert from "node:assert/strict";
import { test } from "node:test";
import { followActivityOnce } from "../../../engine/upkeep/follow-activity.ts";
import { until } from "../../../testing/sending.ts";
import { newContact } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({ catcher: true, engineLoops: 2 }, async (opened) => {
  team = await opened.newTeam();
});

/** As soon as it is settled, which a transaction elsewhere on the server may delay. */
const followed = <T>(look: () => Promise<T | null | undefined | false>) =>
  until(async () => {
    await followActivityOnce(world.running);
    return look();
  });

async function person() {
  const { account } = await team.api.accounts.create({
    name: "Nordhavn",
    domain: `${crypto.randomUUID()}.example`,
  });
  const id = await newContact(team, { account_id: account.id });
  return { id, accountId: account.id };
}

const activeAt = async (id: string) => (await team.api.contacts.get({ id })).contact.last_activity_date;
const companyActiveAt = async (id: string) =>
  (await team.api.accounts.get({ id })).account.last_activity_date;

test("a contact who was only created was never active", async () => {
  const { id } = await person();
  await team.api.notes.create({ contact_ids: [id], content: "Met at the fair" });
  const other = await person();
  await team.api.phoneCalls.create({ logged: true, contact_id: other.id, status: "completed" });
  await followed(() => activeAt(other.id)); // so what came before it was read too
  assert.equal(await activeAt(id), null);
});

test("a logged call and a task that is done are activity of the contact and of the company", async () => {
  const called = await person();
  await team.api.phoneCalls.create({ logged: true, contact_id: called.id, status: "completed" });
  const at = await followed(() => activeAt(called.id));
  assert.equal(await companyActiveAt(called.accountId), at);

  const { id, accountId } = await person();
  const { task } = await team.api.tasks.create({
    contact_id: id,
    user_id: team.owner.id,
    type: "action_item",
    priority: "medium",
    due_at: "2027-01-01T09:00:00Z",
  });
  await team.api.tasks.complete({ id: task.id });
  assert.ok(await followed(() => activeAt(id)));
  assert.ok(await companyActiveAt(accountId));
});

test("sending a mail counts by itself, and the contact who was active last comes first", async () => {
  const { email_account } = await team.api.emailAccounts.create({
    email: "ole@activity.example",
    type: "catcher",
  });
  const { id, accountId } = await person();
  const wish = { contact_id: id, subject: "Hi", body_html: "<p>Hi</p>", email_account_id: email_account.id };
  const { emailer_message } = await team.api.emailerMessages.create(wish);
  await team.api.emailerMessages.sendNow({ id: emailer_message.id });
  const at = await until(() => activeAt(id)); // the engine does it
  assert.equal(await companyActiveAt(accountId), at);
  const { contacts } = await team.api.contacts.search({ sort_by_field: "contact_last_activity_date" });
  assert.equal(contacts[0]?.id, id);
});

test("it never goes back, and what was read is not read again", async () => {
  const { id } = await person();
  await team.api.phoneCalls.create({ logged: true, contact_id: id, status: "completed" });
  await followed(() => activeAt(id));
  const later = "2030-01-01T00:00:00+00:00";
  await asOwner(world, (client) =>
    client.query("update contacts set last_activity_at = $2 where id = $1", [id, later]),
  );
  await team.api.phoneCalls.create({ logged: true, contact_id: id, status: "busy" });
  const other = await person();
  await team.api.phoneCalls.create({ logged: true, contact_id: other.id, status: "completed" });
  await followed(() => activeAt(other.id));
  assert.equal(new Date((await activeAt(id)) ?? "").getTime(), new Date(later).getTime());
  assert.equal(await followActivityOnce(world.running), 0);
});

test("many processes at once miss no contact, and a database from elsewhere is read from its beginning", async () => {
  const people = await Promise.all(Array.from({ length: 12 }, person));
  await Promise.all(
    people.map(({ id }) => team.api.phoneCalls.create({ logged: true, contact_id: id, status: "completed" })),
  );
  await followed(async () => {
    await Promise.all(Array.from({ length: 6 }, () => followActivityOnce(world.running)));
    const all = await Promise.all(people.map(({ id }) => activeAt(id)));
    return all.every(Boolean);
  });
  const [first] = people;
  await asOwner(world, async (client) => {
    await client.query("update contacts set last_activity_at = null where id = $1", [first?.id]);
    await client.query("update activity_cursors set written_in = '9000000000000'");
  });
  await team.api.phoneCalls.create({ logged: true, contact_id: (await person()).id, status: "completed" });
  assert.ok(await followed(() => activeAt(first?.id ?? "")));
});
