// Mails, mailboxes, and what comes back.

import { type Sentences, wordsOf } from "./sentence.ts";

export const mail = {
  "message.drafted": (who) => `${who} wrote a mail`,
  "message.changed": (who) => `${who} changed a mail`,
  "message.resolved": (who, data) =>
    data.as === "assumed"
      ? "No bounce came for a mail in doubt, so it is assumed delivered"
      : data.as === "sent"
        ? `${who} decided that a mail was sent`
        : `${who} had a mail sent again`,
  "message.deleted": (who) => `${who} deleted a mail`,
  "message.scheduled": () => "A mail was planned",
  "message.sent": () => "A mail was sent",
  "message.delayed": (_, data) => `A mail has to wait (${data.code ?? "no reason kept"})`,
  "message.limit_overridden": (who, data) =>
    `${who} had a mail sent beyond the limit of ${data.limit} in ${data.days} days`,
  "message.failed": (_, data) => `A mail was not sent (${data.code ?? "no reason kept"})`,
  "message.unconfirmed": () => "A mail server took a mail, or did not: nobody can know yet",
  "message.replied": () => "A contact replied",
  "message.opened": () => "A contact opened a mail",
  "message.clicked": () => "A contact followed a link in a mail",
  "message.bounced": (_who, data) =>
    data.bounce_type === "soft"
      ? "A mail could not be delivered, three times over"
      : "A mail bounced for good",
  "message.spam_blocked": () => "A mail was blocked as spam",
  "reply_example.deleted": (who) => `${who} deleted an example of a reply`,
  "incoming_mail.overruled": (who, data) =>
    `${who} said that an incoming mail is ${wordsOf(data.kind)}, not ${wordsOf(data.was)}`,
  "incoming_mail.suggestion_dropped": (who) =>
    `${who} dropped what a language model took an incoming mail for`,
  "incoming_mail.handled": (who) => `${who} has seen to an incoming mail`,
  "incoming_mail.reopened": (who) => `${who} put an incoming mail back into the inbox`,
  "message.unsubscribed": (_who, data) =>
    data.scope === "sequence"
      ? "A contact wants no more mails of a sequence"
      : "A contact answered a mail by unsubscribing",
  "catcher.answered": (who) => `${who} answered a caught mail in somebody's name`,
  "catcher.emptied": (who) => `${who} forgot all caught mails`,
  "email_account.connected": (who, data) => `${who} connected the mailbox ${data.email}`,
  "email_account.changed": (who, data) => {
    if (data.dkim === "set") return `${who} set the key that mails from ${data.domain} are signed with`;
    if (data.dkim === "removed")
      return `${who} took away the key that mails from ${data.domain} were signed with`;
    return `${who} changed the mailbox ${data.email}`;
  },
  "email_account.checked": (who, data) => `${who} looked up what the DNS says of ${data.domain}`,
  "email_account.tested": (who, data) => `${who} tried the mailbox ${data.email}`,
  "email_account.disconnected": (who, data) =>
    data.code === undefined
      ? `${who} disconnected the mailbox ${data.email}`
      : `The mailbox ${data.email} was switched off, because its provider no longer lets us in`,
  "email_account.limited": (_who, data) =>
    data.reason === "not_readable"
      ? `The mailbox ${data.email} cannot be read: its server does not let us in or does not answer`
      : data.until
        ? "A mailbox has sent as much as it may"
        : `Mail of the mailbox ${data.email} is taken for spam`,
} satisfies Sentences;
