// The whole story without a mailbox of one's own: a contact is added, gets a mail, answers, and gets no more mail.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { alwaysOpen, until } from "../../../testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../../testing/sequenced.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { characterOf, type Prospect } from "./prospects.ts";

let team: Team;
let mailbox: string;
let schedule: string;
const world = useWorld(
  { catcher: true, engineLoops: 2, imapPollMs: 200, prospects: { leastMs: 200, mostMs: 400 } },
  async (opened) => {
    team = await opened.newTeam();
    const none = {
      email_daily_threshold: null,
      max_outbound_emails_per_hour: null,
      seconds_delay_between_emails: null,
    };
    const wish = { email: "sofia@mail.nordhavn.example", type: "catcher", ...none } as const;
    mailbox = (await team.api.emailAccounts.create(wish)).email_account.id;
    schedule = await alwaysOpen(team);
  },
);

const SECOND_STEP = { ...MAIL_STEP, wait_time: 30, wait_mode: "minute" as const };

async function join(email: string) {
  const contact = await newContact(team, { email, first_name: "Ola" });
  const sequence = await newSequence(team, {
    emailer_schedule_id: schedule,
    emailer_steps: [MAIL_STEP, SECOND_STEP],
  });
  await team.api.joining.addContacts({
    id: sequence.id,
    contact_ids: [contact],
    send_email_from_email_account_id: [mailbox],
    sequence_unverified_email: true,
  });
  return {
    email,
    sequence: sequence.id,
    contact,
    async status() {
      const { contact: row } = await team.api.contacts.get({ id: contact });
      return row.contact_campaign_statuses.find(
        ({ emailer_campaign_id }) => emailer_campaign_id === sequence.id,
      );
    },
    async caught() {
      return (await team.api.catcher.list({ to: email })).messages;
    },
    /** Written down as sent: what follows from it is counted from that moment. */
    async delivered() {
      const wish = { emailer_campaign_ids: [sequence.id], emailer_message_stats: ["delivered" as const] };
      return (await team.api.emailerMessages.search(wish)).emailer_messages;
    },
  };
}

/** A person with that character who answers the first mail. */
function address(character: Prospect, n = 0) {
  for (let i = 0; ; i += 1) {
    const email = `story${i}@kund${i}.example`;
    if (characterOf(email) === character && n-- === 0) return email;
  }
}

test("added, mailed, answered by hand, finished: and no second mail", async () => {
  const ola = await join(address("silent"));
  await until(async () => (await ola.caught()).length === 1);
  const [mail] = await ola.caught();
  assert.match(mail?.text ?? "", /Hello Ola/);
  assert.match(mail?.headers["list-unsubscribe"] ?? "", /^</);
  await team.api.catcher.reply({ id: mail?.id ?? "", text: "Sounds good, let's talk." });
  await until(async () => (await ola.status())?.status === "finished");
  assert.equal((await ola.status())?.inactive_reason, "replied");
  world.advance({ minutes: 40 });
  await wait(1200);
  assert.equal((await ola.caught()).length, 1);
});

const ENDS: [Prospect, string][] = [
  ["bounces", "failed"],
  ["away", "paused"],
];
for (const [character, status] of ENDS)
  test(`an invented contact of the kind ${character} becomes ${status}`, async () => {
    const somebody = await join(address(character));
    await until(async () => (await somebody.status())?.status === status);
  });

for (const [character, n] of [
  ["interested", 0],
  ["declines", 0],
  ["unsubscribes", 0],
] as const)
  test(`an invented contact of the kind ${character} answers the first mail or the second, and is finished`, async () => {
    const somebody = await join(address(character, n));
    await until(async () => (await somebody.delivered()).length >= 1);
    world.advance({ minutes: 40 });
    await until(async () => (await somebody.status())?.status === "finished");
  });
