// A test email from a mailbox to the caller, to see with their own eyes that it arrives, and in which folder.

import type { Act, App, Caller } from "../../../app.ts";
import { heldBackIn } from "../../../domain/gate/clone-guard.ts";
import { escapedHtml } from "../../../domain/templates/mail-template.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { readFence } from "../../gate/clone-guard/store.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { findUser } from "../../identity/users/store.ts";
import { getSender } from "../../mailboxes/mailboxes/sender.ts";
import { findSenders } from "../../mailboxes/mailboxes/store.ts";
import { type TestMail, transmitTest } from "./transmitting.ts";

/** Checked either way; a dry run sends nothing. */
export async function sendMailboxTest(app: App, caller: Caller, mailboxId: string, isDryRun: boolean) {
  const test = await app.db.inTeam(caller.teamId, (db) => prepareTest({ db, caller }, mailboxId));
  if (!isDryRun) await transmitTest(app, caller.teamId, test, async () => bodyOf(test));
  return test;
}

async function prepareTest({ db, caller }: Pick<Act, "db" | "caller">, mailboxId: string): Promise<TestMail> {
  const { teamId, userId } = caller;
  await getSender({ db, caller }, mailboxId, null);
  const [mailbox] = await findSenders(db, teamId, [mailboxId]);
  const [user, team] = await Promise.all([findUser(db, teamId, userId), findTeam(db, teamId)]);
  if (!mailbox || !user) throw new Refusal("record_not_found");
  if (heldBackIn(await readFence(db))) throw new Refusal("test_mail_held_back");
  const name = [user.firstName, user.lastName].filter(Boolean).join(" ") || null;
  return {
    mailbox: { id: mailbox.id, email: mailbox.email },
    to: { name, address: user.email },
    subject: say("Test email from {email}", { email: mailbox.email }),
    attachments: [],
    hasSample: (team?.samplePlantedAt ?? null) !== null,
  };
}

function bodyOf({ mailbox }: TestMail) {
  const says = [
    say("Cadenza sent this email from {email}. The mailbox can send.", { email: mailbox.email }),
    say(
      "Check which folder it arrived in. If it is in spam, open the mailbox in Cadenza and read its checks.",
    ),
  ];
  return {
    html: says.map((line) => `<p>${escapedHtml(line)}</p>`).join("\n"),
    text: says.join("\n\n"),
    unsubscribe: null,
  };
}

export async function noteMailboxTest(act: Act, { mailbox, to }: TestMail) {
  await record(byCaller(act), {
    type: "email_account.test_sent",
    subject: { type: "email_account", id: mailbox.id },
    data: { email: mailbox.email, to: to.address },
  });
}
