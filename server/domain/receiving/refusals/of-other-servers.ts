// What other mail servers and the standards say when a mail is refused, by the place where the words stand.
//
// Host names, addresses and numbers are ours; everything else is the source's.

import type { Refusals } from "./refusals.ts";

export const OF_OTHER_SERVERS: readonly Refusals[] = [
  {
    server: "OpenSMTPD",
    found: "source",
    where: "usr.sbin/smtpd/lka_session.c",
    hard: ["550 Invalid recipient"],
    soft: ["524 5.2.4 Mailing list expansion problem"],
  },
  {
    server: "OpenSMTPD",
    found: "source",
    where: "usr.sbin/smtpd/mta.c",
    hard: ["Domain does not exist", "Domain does not accept mail", "Invalid domain name"],
    soft: ["Temporary failure in MX lookup", "Network error on destination MXs"],
  },
  { server: "OpenSMTPD", found: "source", where: "usr.sbin/smtpd/queue.c", soft: ["Envelope expired"] },
  {
    server: "OpenSMTPD",
    found: "source",
    where: "usr.sbin/smtpd/smtp_session.c and esc.c",
    soft: ["554 5.3.4 Message too big for system: Transaction failed, message too big"],
    policy: [
      "550 5.7.1 Delivery not authorized, message refused: Message is not RFC 2822 compliant",
      "501 5.5.4 Invalid command arguments: Invalid domain name",
    ],
  },
  { server: "Courier", found: "source", where: "courier/cdmsgq2.C", hard: ["550 User unknown."] },
  {
    server: "Courier",
    found: "source",
    where: "courier/submit.C and submit2.C",
    policy: [
      "517-Domain does not exist: cadenza.example.\n517 Invalid domain, see <URL:https://datatracker.ietf.org/doc/html/rfc1035>",
      "517 Sender rejected: ada@cadenza.example",
      "571 Delivery not authorized, message refused.",
      "550 Spam refused.",
    ],
  },
  {
    server: "qmail",
    found: "source",
    where: "notqmail: qmail-local.c",
    hard: ["Sorry, no mailbox here by that name. (#5.1.1)"],
    soft: ["This message is looping: it already has my Delivered-To line. (#5.4.6)"],
  },
  {
    server: "qmail",
    found: "source",
    where: "notqmail: qmail-remote.c",
    hard: [
      "Sorry, I couldn't find any host named norrland.example. (#5.1.2)",
      "Sorry, I couldn't find a mail exchanger or IP address. (#5.4.4)",
    ],
    soft: ["Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)"],
  },
  {
    server: "qmail",
    found: "source",
    where: "notqmail: qmail-send.c",
    soft: ["I'm not going to try again; this message has been in the queue too long."],
  },
  {
    server: "qmail",
    found: "source",
    where: "notqmail: qmail-smtpd.c",
    soft: ["552 sorry, that message size exceeds my databytes limit (#5.3.4)"],
    policy: [
      "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
      "553 sorry, your envelope sender is in my badmailfrom list (#5.7.1)",
    ],
  },
  {
    server: "qmail",
    found: "source",
    where: "notqmail: bouncesaying.1",
    hard: ["This address no longer accepts mail."],
  },
  {
    server: "vpopmail",
    found: "source",
    where: "vdelivermail.c",
    hard: ["Sorry, no mailbox here by that name. (#5.1.1)"],
    soft: ["user is over quota", "domain is over quota"],
  },
  {
    server: "Dovecot",
    found: "source",
    where: "src/lmtp/lmtp-recipient.c",
    hard: ["550 5.1.1 <ines@norrland.example> User doesn't exist: ines@norrland.example"],
  },
  {
    server: "Dovecot",
    found: "source",
    where: "src/lmtp/lmtp-local.c and src/plugins/quota/quota-settings.c",
    soft: ["552 5.2.2 <ines@norrland.example> Quota exceeded (mailbox for user is full)"],
  },
  {
    server: "Dovecot",
    found: "source",
    where: "src/lmtp/lmtp-proxy.c",
    soft: ["550 5.3.5 <ines@norrland.example> Internal user lookup failure"],
  },
  {
    server: "Zimbra",
    found: "source",
    where: "zm-mailbox: LmtpReply.java",
    hard: ["550 5.1.1 No such user here"],
    soft: ["552 5.2.2 Over quota"],
    policy: ["550 5.7.1 Message rejected"],
  },
  {
    server: "AOL",
    found: "reports",
    where: "pastebin.com/UWADPXYL",
    hard: ["550 5.1.1 <ines@norrland.example>: Recipient address rejected: norrland.example"],
  },
  {
    server: "Apache James",
    found: "source",
    where: "protocols/smtp: AbstractValidRcptHandler.java",
    hard: ["550 5.1.1 Unknown user: ines@norrland.example"],
  },
  {
    server: "Haraka",
    found: "source",
    where: "connection.js",
    hard: ["550 I cannot deliver mail for <ines@norrland.example>"],
  },
  {
    server: "Stalwart",
    found: "source",
    where: "crates/smtp/src/inbound/rcpt.rs and data.rs, src/outbound/delivery.rs",
    hard: ["550 5.1.2 Mailbox does not exist.", "Domain does not accept messages (null MX)"],
    policy: [
      "550 5.1.2 Relay not allowed.",
      "550 5.7.1 Message rejected due to excessive spam score.",
      "550 5.7.20 No passing DKIM signatures found.",
    ],
  },
  {
    server: "hMailServer",
    found: "source",
    where: "source/Server/SMTP/RecipientParser.cpp",
    hard: ["550 Unknown user"],
  },
  {
    server: "RFC 5321",
    found: "documentation",
    where: "rfc-editor.org: RFC 5321, 4.2.3",
    hard: ["550 Requested action not taken: mailbox unavailable"],
    soft: [
      "450 Requested mail action not taken: mailbox unavailable",
      "452 Requested action not taken: insufficient system storage",
      "552 Requested mail action aborted: exceeded storage allocation",
    ],
  },
  {
    server: "RFC 7505",
    found: "documentation",
    where: "rfc-editor.org: RFC 7505, 4",
    hard: ["556 5.1.10 Recipient address has null MX"],
    policy: ["550 5.7.27 Sender address has null MX"],
  },
];
