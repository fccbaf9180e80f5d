// Settings of a mailbox are saved while an engine writes to it: neither undoes what the other did.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bothAtOnce } from "../../../testing/held-open.ts";
import { newMailbox } from "../../../testing/sequenced.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { disconnect } from "../../sending/outbox/outcomes-store.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

/** The server has refused the password, and the engine's transaction is not over. */
async function whileRefused<T>(mailboxId: string, work: () => Promise<T>) {
  const { app } = world.running;
  const [, done] = await bothAtOnce(
    world,
    (beforeCommit) =>
      app.db.inTeam(team.id, async (db) => {
        assert.equal(await disconnect(db, team.id, { mailboxId, signedInWith: null }, app.now()), true);
        await beforeCommit();
      }),
    work,
  );
  return done;
}

test("a mailbox whose password is refused while its name is saved stays switched off, with the name", async () => {
  const { id } = await newMailbox(team);
  const { email_account } = await whileRefused(id, () =>
    team.api.emailAccounts.update({ id, display_name: "Ines Okafor" }),
  );
  assert.deepEqual(
    [email_account.display_name, email_account.active, email_account.inactive_reason],
    ["Ines Okafor", false, "auth_failed"],
  );
});

test("with another password it is switched on, whichever was first", async () => {
  const { id } = await newMailbox(team);
  const smtp = { host: "smtp.example.com", port: 465, password: "another" };
  const { email_account } = await whileRefused(id, () =>
    team.api.emailAccounts.update({ id, smtp, test: false }),
  );
  assert.equal(email_account.active, true);
});
