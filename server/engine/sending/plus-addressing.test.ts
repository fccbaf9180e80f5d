// Where a mailbox's server delivers `box+anything@` to it, answers come back under a name that says which mail it was.

import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../../testing/sending.ts";
import { newContact } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";

let team: Team;
const world = useWorld({ catcher: true, engineLoops: 2 }, async (opened) => {
  team = await opened.newTeam();
});

async function sentFrom(email: string, plus_addressing?: boolean) {
  const { email_account } = await team.api.emailAccounts.create({
    email,
    type: "catcher",
    ...(plus_addressing !== undefined && { plus_addressing }),
  });
  assert.equal(email_account.plus_addressing, plus_addressing ?? false);
  const contact_id = await newContact(team);
  const wish = { contact_id, subject: "Hi", body_html: "<p>Hi</p>", email_account_id: email_account.id };
  const { emailer_message } = await team.api.emailerMessages.create(wish);
  await team.api.emailerMessages.sendNow({ id: emailer_message.id });
  return until(() =>
    asOwner(world, async (client) => {
      const { rows } = await client.query(
        `select convert_from(c.raw, 'UTF8') as raw, m.token from messages m
           join catcher_messages c on c.message_id = m.internet_message_id and c.folder = 'Sent' where m.id = $1`,
        [emailer_message.id],
      );
      return rows[0] as { raw: string; token: string } | undefined;
    }),
  );
}

test("answers are asked for under the mail's own name, where the mailbox says so", async () => {
  const { raw, token } = await sentFrom("ole@nordhavn.example", true);
  assert.match(raw, new RegExp(`^Reply-To:\\s+.*ole\\+${token}@nordhavn\\.example`, "m"));
  assert.match(raw, /^From: .*ole@nordhavn\.example/m);
});

test("not unless it says so, and not where the name would be longer than names may be", async () => {
  const { raw } = await sentFrom("plain@nordhavn.example");
  assert.doesNotMatch(raw, /^Reply-To:/m);
  const long = await sentFrom("a-very-long-name-indeed@nordhavn.example", true);
  assert.doesNotMatch(long.raw, /^Reply-To:/m);
});
