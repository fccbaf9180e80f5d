// What happens to people and addresses that must get no more mail, whatever the source.

import assert from "node:assert/strict";
import { test } from "node:test";
import { actFor } from "../../../engine/running/act-for.ts";
import { memberOf, newSequence } from "../../../testing/members.ts";
import { plantEnrollment } from "../../../testing/planted.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { byCaller } from "../../events/events/store.ts";
import { type OptOutRequest, optOut } from "./commands.ts";

let team: Team;
let stranger: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Strangers");
});

function optingOut(wish: Partial<OptOutRequest>) {
  const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "engine" };
  const said = { source: "link", sourceId: wish.messageId ?? "" };
  const terms = { contactIds: [], addresses: [], source: "unsubscribe" as const, messageId: null, said };
  return actFor(world.running.app, onBehalf, (act) => optOut(byCaller(act), { ...terms, ...wish }));
}

async function told(of: Team, types: readonly string[]) {
  const { rows } = await asOwner(world, (client) =>
    client.query("select type, data from events where team_id = $1 and type = any($2) order by position", [
      of.id,
      types,
    ]),
  );
  return rows as { type: string; data: Record<string, unknown> }[];
}

test("every contact with the address is out, in any spelling, and no other contact is", async () => {
  const email = "Out@Bücher.example";
  const { contact } = await team.api.contacts.create({ email });
  const { contact: twin } = await team.api.contacts.create({ email: "out@bücher.example" });
  const { contact: other } = await team.api.contacts.create({ email: "stays@x.example" });
  const theirs = await stranger.api.contacts.create({ email });
  const { id } = await newSequence(team);
  const enrollmentId = await plantEnrollment(world, team, id, { contact_id: contact.id });

  const first = await optingOut({ addresses: [" out@BÜCHER.example "] });
  assert.deepEqual([first.markedIds, first.suppressedIds.length], [[contact.id, twin.id].sort(), 1]);
  const member = await memberOf(world, enrollmentId);
  assert.deepEqual([member.state, member.inactive_reason], ["finished", "unsubscribed"]);
  const { suppressions } = await team.api.suppressions.list();
  assert.deepEqual(
    suppressions.map(({ kind, value, source }) => [kind, value, source]),
    [["email", "out@xn--bcher-kva.example", "unsubscribe"]],
  );
  assert.equal((await team.api.contacts.get({ id: other.id })).contact.email_unsubscribed, null);
  const foreign = await stranger.api.contacts.get({ id: theirs.contact.id });
  assert.equal(foreign.contact.email_unsubscribed, null);

  const again = await optingOut({ addresses: [email], contactIds: [contact.id] });
  assert.deepEqual([again.markedIds, again.suppressedIds.length], [[], 0]);
  const types = (await told(team, ["contact.unsubscribed", "suppression.created"])).map(({ type }) => type);
  assert.deepEqual(types.toSorted(), ["contact.unsubscribed", "contact.unsubscribed", "suppression.created"]);
});

test("a contact that is named is out by itself, also by a further address", async () => {
  const { contact } = await team.api.contacts.create({
    email: "first@x.example",
    contact_emails: [{ email: "first@x.example" }, { email: "second@x.example" }],
  });
  assert.deepEqual((await optingOut({ addresses: ["second@x.example"] })).markedIds, [contact.id]);
  const { contact: named } = await team.api.contacts.create({ first_name: "No address" });
  assert.deepEqual((await optingOut({ contactIds: [named.id, contact.id] })).markedIds, [named.id]);
  const theirs = await stranger.api.contacts.create({ first_name: "Foreign" });
  assert.deepEqual((await optingOut({ contactIds: [theirs.contact.id] })).markedIds, []);
});

test("a suppressed contact who was deleted is not stored in clear again", async () => {
  const email = "forgotten@x.example";
  const { contact } = await team.api.contacts.create({ email });
  await optingOut({ addresses: [email], source: "complaint" });
  await team.api.contacts.bulkDelete({ contact_ids: [contact.id] });
  const { suppressedIds } = await optingOut({ addresses: [email] });
  assert.deepEqual(suppressedIds, []);
  assert.deepEqual((await team.api.suppressions.list({ q_keywords: "forgotten" })).suppressions, []);
});

test("two who are told at once have the effect of one", async () => {
  const email = "twice@x.example";
  const { contact } = await team.api.contacts.create({ email });
  const wish = { addresses: [email], contactIds: [contact.id] };
  const both = await Promise.all([optingOut(wish), optingOut(wish)]);
  assert.deepEqual(both.map(({ markedIds }) => markedIds.length).toSorted(), [0, 1]);
  assert.deepEqual(both.map(({ suppressedIds }) => suppressedIds.length).toSorted(), [0, 1]);
});
