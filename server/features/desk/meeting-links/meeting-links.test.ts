import assert from "node:assert/strict";
import { test } from "node:test";
import { refused, useWorld } from "../../../testing/world.ts";

const world = useWorld();
const NEVER = "64f0aa0000000000000000ff";

test("a contact's link to a user's meeting page carries the contact's name and address", async () => {
  const { api, owner } = await world.newTeam();
  const wish = { first_name: "Ines", last_name: "Okafor", email: "ines@norrland.example" };
  const { id } = (await api.contacts.create(wish)).contact;
  const empty = await api.contacts.meetingLink({ id });
  assert.deepEqual(empty, { meeting_link: { user_id: owner.id, url: null } });
  await api.users.update({ id: owner.id, meeting_url: "https://cal.com/ole/30min" });
  assert.equal(
    (await api.contacts.meetingLink({ id })).meeting_link.url,
    "https://cal.com/ole/30min?name=Ines+Okafor&email=ines%40norrland.example",
  );
  assert.equal((await api.contacts.meetingLink({ id, user_id: owner.id })).meeting_link.user_id, owner.id);
});

test("a contact or a user who does not exist is refused", async () => {
  const { api } = await world.newTeam();
  assert.equal((await refused(api.contacts.meetingLink({ id: NEVER }))).status, 404);
  const { id } = (await api.contacts.create({ first_name: "Ines" })).contact;
  assert.equal((await refused(api.contacts.meetingLink({ id, user_id: NEVER }))).code, "unknown_id");
});
