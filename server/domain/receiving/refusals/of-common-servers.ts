// What Postfix, Exim and Sendmail say when they refuse a mail, by the place where the words stand.
//
// Host names, addresses and numbers are ours; everything else is the source's.

import type { Refusals } from "./refusals.ts";

export const OF_COMMON_SERVERS: readonly Refusals[] = [
  {
    server: "Postfix",
    found: "source",
    where: "src/smtpd/smtpd_check.c",
    hard: [
      "550 5.1.1 <ines@norrland.example>: Recipient address rejected: User unknown in local recipient table",
      "550 5.1.1 <ines@norrland.example>: Recipient address rejected: User unknown in virtual mailbox table",
      "550 5.1.1 <ines@norrland.example>: Recipient address rejected: User unknown in relay recipient table",
      '550 5.1.1 <ines@norrland.example>: Recipient address rejected: undeliverable address: unknown user: "ines"',
      "550 5.1.2 <ines@norrland.example>: Recipient address rejected: Domain not found",
      "556 5.1.10 <ines@norrland.example>: Recipient address rejected: Domain norrland.example does not accept mail (nullMX)",
    ],
    soft: [
      "452 4.3.1 Insufficient system storage",
      "450 4.1.1 <ines@norrland.example>: Recipient address rejected: unverified address: connection timed out",
      "552 5.3.4 Message size exceeds fixed limit",
    ],
    policy: [
      "554 5.7.1 <ines@norrland.example>: Relay access denied",
      "554 5.7.1 <ines@norrland.example>: Recipient address rejected: Access denied",
      "550 5.1.0 <ada@cadenza.example>: Sender address rejected: User unknown in virtual mailbox table",
      "550 5.1.8 <ada@cadenza.example>: Sender address rejected: Domain not found",
      "550 <ada@cadenza.example>: Sender address rejected: Domain not found",
      "504 5.5.2 <ada>: Sender address rejected: need fully-qualified address",
      "550 5.7.27 <ada@cadenza.example>: Sender address rejected: Domain cadenza.example does not accept mail (nullMX)",
      "550 5.7.1 <mail.cadenza.example>: Helo command rejected: Host not found",
      "550 5.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]",
    ],
  },
  {
    server: "Postfix",
    found: "source",
    where: "src/trivial-rewrite/resolve.c",
    hard: [
      "550 5.1.1 <ines@norrland.example>: Recipient address rejected: User unknown in virtual alias table",
    ],
  },
  {
    server: "Postfix",
    found: "source",
    where: "src/local/unknown.c and src/virtual/unknown.c",
    hard: ['unknown user: "ines"'],
  },
  {
    server: "Postfix",
    found: "source",
    where: "src/dns/dns_lookup.c",
    hard: [
      "Host or domain name not found. Name service error for name=norrland.example type=AAAA: Host not found",
      "Domain norrland.example does not accept mail (nullMX)",
      "Name service error for norrland..example: invalid host or domain name",
    ],
    soft: [
      "Host or domain name not found. Name service error for name=norrland.example type=MX: Host not found, try again",
      "5.4.4 Name service error for name=norrland.example type=MX: Malformed or unexpected name server reply",
    ],
  },
  {
    server: "Postfix",
    found: "source",
    where: "src/smtp/smtp_addr.c",
    hard: ["unable to look up host norrland.example: Name or service not known"],
    soft: ["mail for norrland.example loops back to myself"],
  },
  {
    server: "Postfix",
    found: "source",
    where: "src/smtp/smtp_connect.c and smtp_trouble.c",
    soft: [
      "connect to mx.norrland.example[192.0.2.1]:25: Connection timed out",
      "lost connection with mx.norrland.example[192.0.2.1] while receiving the initial server greeting",
      "conversation with mx.norrland.example[192.0.2.1] timed out while sending RCPT TO",
    ],
  },
  {
    server: "Postfix",
    found: "source",
    where: "src/global/mail_params.h",
    policy: ["554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org"],
  },
  {
    server: "Postfix",
    found: "source",
    where: "src/global/cleanup_strerror.c and mime_state.c",
    soft: ["552 5.3.4 message file too big", "554 5.4.0 too many hops"],
    policy: ["550 5.7.1 message content rejected", "550 5.6.0 improper use of 8-bit data in message header"],
  },
  {
    server: "Postgrey",
    found: "source",
    where: "postgrey",
    soft: [
      "450 4.2.0 <ines@norrland.example>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/norrland.example.html",
    ],
  },
  { server: "Exim", found: "source", where: "src/route.c", hard: ["550 Unrouteable address"] },
  { server: "Exim", found: "source", where: "src/configure.default", hard: ["550 Unknown user"] },
  {
    server: "Exim",
    found: "source",
    where: "src/configure.default",
    policy: ["550 relay not permitted", "550 Rejected for too many bad recipients"],
  },
  {
    server: "Exim",
    found: "source",
    where: "src/routers/dnslookup.c",
    hard: [
      "an MX or SRV record indicated no SMTP service",
      "all relevant MX records point to non-existent hosts",
      "all relevant MX records point to non-existent hosts or (invalidly) to IP addresses",
    ],
    soft: ["host lookup did not complete"],
  },
  { server: "Exim", found: "source", where: "src/retry.c", soft: ["retry timeout exceeded"] },
  {
    server: "Exim",
    found: "source",
    where: "src/smtp_in.c and acl.c",
    policy: [
      "550-Verification failed for <ada@cadenza.example>\n550-Unrouteable address\n550 Sender verify failed",
      "550-Verification failed for <ada@cadenza.example>\n550-Callout verification failed:\n550 550 No such user here\n550 Sender verify failed",
      "550 Administrative prohibition",
    ],
  },
  {
    server: "Exim",
    found: "source",
    where: "src/transports/appendfile.c",
    soft: ["mailbox is full"],
  },
  {
    server: "Sendmail",
    found: "source",
    where: "libsm/strexit.c and errstring.c, sendmail/err.c",
    hard: [
      "550 5.1.1 <ines@norrland.example>... User unknown",
      "550 5.1.2 <ines@norrland.example>... Host unknown (Name server: norrland.example: host not found)",
      "550 Host unknown",
    ],
    soft: [
      "Deferred: Connection refused by mx.norrland.example.",
      "Deferred: Name server: host name lookup failure",
    ],
  },
  {
    server: "Sendmail",
    found: "source",
    where: "sendmail/deliver.c",
    hard: ["556 Host does not accept mail: MX 0 ."],
  },
  {
    server: "Sendmail",
    found: "source",
    where: "sendmail/envelope.c",
    soft: ["Message could not be delivered for 5 days"],
  },
  {
    server: "Sendmail",
    found: "source",
    where: "cf/m4/proto.m4 and cf/feature/redirect.m4",
    hard: [
      "553 5.1.2 <ines@norrland..example>... Invalid host name",
      "553 5.1.3 <@norrland.example>... User address required",
      "551 5.1.1 <ines@norrland.example>... User has moved; please try <ines@sudland.example>",
    ],
    policy: [
      "550 5.7.1 <ines@norrland.example>... Relaying denied. IP name lookup failed [192.0.2.1]",
      "553 5.1.8 <ada@cadenza.example>... Domain of sender address ada@cadenza.example does not exist",
      "553 5.5.4 <ada>... Domain name required for sender address ada",
      "550 5.7.1 Access denied",
    ],
  },
];
