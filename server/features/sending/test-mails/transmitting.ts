// A test email to the caller goes out as an email of a sequence does: from the same mailbox, with its signature of the domain.
// It belongs to no contact, and no limit counts it. No transaction is open meanwhile.

import type { App } from "../../../app.ts";
import { mayPass } from "../../../domain/contacts/reserved-addresses.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { isByApi } from "../../../mail/door.ts";
import type { SendOutcome } from "../../../mail/outcome.ts";
import { type MailParts, prepareMail } from "../../../mail/prepared-mail.ts";
import { openMailbox } from "../../mailboxes/mailboxes/open-mailbox.ts";
import { takeTrial } from "../../mailboxes/mailboxes/trials.ts";
import { dkimKeysOf } from "../../mailboxes/sending-domains/commands.ts";

export type TestMail = {
  mailbox: { id: string; email: string };
  to: { name: string | null; address: string };
  subject: string;
  attachments: MailParts["attachments"];
  /** The team has the people of the sample, who must not be written to. */
  hasSample: boolean;
};

type Body = Pick<MailParts, "html" | "text" | "unsubscribe">;

/** Refused where it does not go out. `bodyOf` is asked when the mailbox is known to be open. */
export async function transmitTest(app: App, teamId: string, test: TestMail, bodyOf: () => Promise<Body>) {
  const { mailbox, to, hasSample } = test;
  takeTrial(teamId, app.now());
  const opened = await openMailbox(app, teamId, mailbox.id);
  const server = opened.kind === "open" ? opened.servers.smtp : null;
  if (opened.kind !== "open" || !server) throw new Refusal("mailboxes_inactive", { address: mailbox.email });
  const mailboxType = opened.mailbox.type;
  if (!mayPass({ mailboxType, hasSample }, { email: to.address, isInvented: false }))
    throw new Refusal("test_mail_not_sent", {
      said: say("{to} is an invented address of the sample", { to: to.address }),
    });
  const prepared = await prepareMail({
    ...(await bodyOf()),
    recipient: to.address,
    from: { name: opened.mailbox.displayName, address: mailbox.email },
    replyTo: null,
    to: [to],
    cc: [],
    subject: test.subject,
    messageId: `<test.${newId()}@${domainOf(mailbox.email)}>`,
    date: app.now(),
    inReplyTo: null,
    references: [],
    attachments: test.attachments,
    token: null,
    dkim: isByApi(server) ? null : await keyOf(app, teamId, mailbox),
  });
  if (!prepared.mail)
    throw new Refusal("test_mail_not_sent", { said: say("it cannot be composed as an email") });
  const outcome = await app.mail.transmit({ ...mailbox, server }, prepared.mail, {
    mayRelease: async () => true,
  });
  if (outcome.kind !== "accepted")
    throw new Refusal("test_mail_not_sent", { said: whatWasSaid(outcome).replace(/\.$/, "") });
}

const domainOf = (email: string) => email.slice(email.lastIndexOf("@") + 1).toLowerCase();

async function keyOf(app: App, teamId: string, { id, email }: TestMail["mailbox"]) {
  return (await dkimKeysOf(app, teamId, id)).get(domainOf(email)) ?? null;
}

function whatWasSaid(outcome: Exclude<SendOutcome, { kind: "accepted" }>) {
  switch (outcome.kind) {
    case "refused":
      return outcome.serverSaid ?? say("the mail server rejected it");
    case "held_back":
      return say("sending is paused in this installation");
    default:
      return (
        outcome.detail ??
        say("the mail server could not be reached ({why})", { why: outcome.why.replaceAll("_", " ") })
      );
  }
}
