// A mailbox opened for sending: its server with the secrets in the clear, and a mail as the bytes that go out.

import type { App } from "../app.ts";
import { serversOf } from "../features/mailboxes/connection.ts";
import { findSealedMailbox } from "../features/mailboxes/store.ts";
import type { Claimed } from "../features/slots/claiming.ts";
import type { Outcome } from "../mail/outcome.ts";
import { type MailParts, prepareMail } from "../mail/prepared-mail.ts";
import { InjectedError } from "../seams.ts";

export type OpenSender = { send(claimed: Claimed, mayRelease: () => Promise<boolean>): Promise<Outcome> };

export async function openSender(app: App, teamId: string, mailboxId: string): Promise<OpenSender> {
  const mailbox = await app.db.inTeam(teamId, (db) => findSealedMailbox(db, teamId, mailboxId));
  const smtp = mailbox && serversOf(app, teamId, mailbox).smtp;
  if (!mailbox || !smtp) return { send: async () => NOWHERE };
  const { login, ...server } = smtp;
  const opened = { id: mailboxId, email: mailbox.email, server, login };
  return {
    async send(claimed, mayRelease) {
      const { mail } = await prepareMail(partsOf(app, claimed));
      if (!mail) return UNSOUND;
      try {
        return await app.mail.transmit(opened, mail, { mayRelease });
      } catch (error) {
        // An error of ours before the dot: certainly not sent.
        if (!(error instanceof InjectedError)) app.log.error({ err: error }, "a mail could not be sent");
        return { kind: "not_started", phase: "connect", why: "closed", detail: "an error of our own" };
      }
    },
  };
}

const NOWHERE: Outcome = {
  kind: "not_started",
  phase: "connect",
  why: "name_not_found",
  detail: "no mail server is set",
};

/** It cannot be written as a mail: an address, a file or a header is not what it should be. */
const UNSOUND: Outcome = {
  ...{
    kind: "refused",
    phase: "rcpt",
    permanent: true,
    code: null,
    enhanced: null,
    serverSaid: "not a sound mail",
  },
};

export function partsOf({ config }: Pick<App, "config">, { claim, slot }: Claimed): MailParts {
  const to = slot.copyOf
    ? { name: slot.originalToName, address: slot.originalTo ?? "" }
    : { name: claim.toName, address: claim.toEmail ?? "" };
  return {
    recipient: claim.toEmail ?? "",
    from: { name: claim.fromName, address: claim.fromEmail ?? "" },
    replyTo: null,
    to: [to],
    cc: claim.ccEmails.map((address) => ({ name: null, address })),
    subject: claim.subject ?? "",
    html: claim.bodyHtml || null,
    text: claim.bodyText || null,
    messageId: claim.internetMessageId ?? "",
    date: claim.composedAt ?? Temporal.Now.instant(),
    inReplyTo: claim.inReplyTo,
    references: claim.referenceIds,
    unsubscribe: slot.sequenceId ? { url: `${config.publicUrl}/u/${claim.token}`, mailto: null } : null,
    attachments: [],
    dkim: null,
  };
}
