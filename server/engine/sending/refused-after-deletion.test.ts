// A contact is deleted while an email to them is on its way. That their address is dead is kept, and the address itself is not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deleteContacts } from "../../features/removal/contact-removal/deleting.ts";
import { byHand } from "../../testing/by-hand.ts";
import { bothAtOnce } from "../../testing/held-open.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { newContact } from "../../testing/sequenced.ts";
import { type Team, useWorld } from "../../testing/world.ts";
import { actFor } from "../running/act-for.ts";

const world = useWorld({ role: "api", mailAllow: LOOPBACK }); // no engine works here but what a test does by hand
const { scene, claim, ended } = byHand(world);

const NOBODY_THERE = {
  kind: "refused",
  phase: "rcpt",
  permanent: true,
  code: 550,
  enhanced: "5.1.1",
  serverSaid: "550 5.1.1 no such user",
} as const;

const listed = async ({ api }: Team) =>
  (await api.suppressions.list({})).suppressions.map(({ value, source }) => ({ value, source }));

/** It shows once another contact has the address. */
async function isKnownAsDead(team: Team, email: string) {
  assert.deepEqual(await listed(team), []);
  await newContact(team, { email });
  assert.deepEqual(await listed(team), [{ value: email, source: "bounce" }]);
}

test("a server that refuses the recipient after they were deleted does not bring the address back", async () => {
  const made = await scene();
  const claimed = await claim(made);
  const email = claimed.claim.toEmail ?? "";
  await made.team.api.contacts.delete({ id: claimed.slot.contactId ?? "" });
  await ended(made, claimed, NOBODY_THERE);
  await isKnownAsDead(made.team, email);
});

test("nor does one that refuses them at that very moment", async () => {
  const made = await scene();
  const claimed = await claim(made);
  const { team } = made;
  const whose = { teamId: team.id, userId: team.owner.id, cause: "engine" };
  await bothAtOnce(
    world,
    (beforeCommit) =>
      actFor(world.running.app, whose, async (act) => {
        await deleteContacts(act, [claimed.slot.contactId ?? ""]);
        await beforeCommit();
      }),
    () => ended(made, claimed, NOBODY_THERE),
  );
  await isKnownAsDead(team, claimed.claim.toEmail ?? "");
});
