// What more providers say when they refuse a mail, by the place where the words stand.
//
// Host names, addresses and numbers are ours; everything else is the source's.

import { BOUNCED_CLINIC, FIELD_MANUAL, type Refusals, SISIMAI, ZONE_MTA } from "./refusals.ts";

export const OF_MORE_PROVIDERS: readonly Refusals[] = [
  {
    server: "GMX and WEB.DE",
    found: "reports",
    where: FIELD_MANUAL,
    hard: ["550 Requested action not taken: mailbox unavailable"],
    soft: [
      "552 Requested mail action aborted: exceeded storage allocation Quota exceeded.",
      "550 <ines@web.de>: Requested mail action aborted: exceeded storage allocation, Quota exceeded",
    ],
    policy: [
      "Requested action not taken: mailbox unavailable Reject due to policy restrictions.",
      "550 <ines@web.de>: Reject due to policy restrictions (header based)",
      "550 <ines@web.de>: Bad DNS PTR resource record",
      "550 <ines@web.de>: IP address is block listed",
      "550 <ines@web.de>: Invalid DNS MX or A/AAAA resource record",
      "550 <ines@web.de>: Syntax error in parameters or arguments",
    ],
  },
  {
    server: "T-Online",
    found: "reports",
    where: "sitepackage.de: typische Fehlermeldungen bei Unzustellbarkeit",
    hard: ["550 5.1.1 user unknown"],
    soft: ["552 5.2.2 Over STORAGE quota"],
  },
  {
    server: "T-Online",
    found: "reports",
    where: ZONE_MTA,
    policy: [
      "554 IP=192.0.2.1 - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de to clarify.) (BL)",
    ],
  },
  {
    server: "Orange",
    found: "reports",
    where: `${FIELD_MANUAL}; ${ZONE_MTA}`,
    hard: ["550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]"],
    soft: ["552 5.1.1 Boite du destinataire pleine. Recipient overquota. OFR_417 [417]"],
    policy: [
      "501 5.1.0 Emetteur invalide. Invalid Sender. OFR004_405 [405]",
      "550 5.2.0 Mail rejete. Mail rejected. ofr_506 [506]",
      "550 mwinf5c04 ME Adresse IP source bloquee pour incident de spam. Client host blocked for spamming issues. OFR006_102",
    ],
  },
  {
    server: "Free",
    found: "reports",
    where: FIELD_MANUAL,
    hard: ["550 5.2.1 This mailbox has been blocked due to inactivity"],
    soft: ["550 5.2.2 user quota exceeded"],
    policy: ["550 virus detected"],
  },
  {
    server: "La Poste",
    found: "reports",
    where: SISIMAI,
    hard: ["550 5.5.0 Adresse destinataire invalide. Invalid recipient. LPN007_416"],
  },
  {
    server: "Servers behind Amazon SES",
    found: "reports",
    where: BOUNCED_CLINIC,
    hard: ["550 RCPT TO:<ines@norrland.example> User unknown"],
  },
  {
    server: "Mail.ru",
    found: "reports",
    where: FIELD_MANUAL,
    hard: [
      "550 Message was not accepted -- invalid mailbox. Local mailbox ines@mail.ru is unavailable: account is disabled",
    ],
    policy: ["550 spam message rejected. Please visit http://help.mail.ru/notspam-support/"],
  },
  {
    server: "Mail.ru",
    found: "reports",
    where: "logs of Postfix in public repositories (mxs.mail.ru said)",
    hard: [
      "550 Message was not accepted -- invalid mailbox.  Local mailbox ines@mail.ru is unavailable: user not found",
    ],
  },
  {
    server: "Yandex",
    found: "documentation",
    where: "yandex.com/support/mail/bounces/yandex.html",
    hard: ["550 5.7.1 No such user!", "No correct recipients"],
    soft: ["552 5.2.2 Mailbox size limit exceeded"],
    policy: [
      "554 5.7.1 Message rejected under suspicion of SPAM",
      "550 5.7.1 Policy rejection on the target address",
    ],
  },
  {
    server: "QQ",
    found: "documentation",
    where: "service.mail.qq.com/detail/122",
    hard: ["550 Mailbox not found. http://service.mail.qq.com/"],
    soft: ["550 Mailbox unavailable or access denied"],
    policy: [
      "550 Mail content denied. http://service.mail.qq.com/",
      "550 Mail is rejected by recipients",
      "550 Sender frequency limited.",
      "550 Suspected spam sender.",
    ],
  },
  {
    server: "NetEase",
    found: "reports",
    where: "pastebin.com/j00JLuAh (163mx03.mxmail.netease.com)",
    hard: ["550 User not found: ines@163.com"],
  },
  {
    server: "Servers in Korea",
    found: "reports",
    where: "puffinknight.tistory.com/102",
    hard: ["550 5.1.1 No such user"],
  },
  {
    server: "Docomo",
    found: "reports",
    where: `${SISIMAI}: mbox-0, NTTDOCOMO.pm`,
    hard: ["550 Unknown user ines@docomo.ne.jp"],
  },
  {
    server: "Many servers",
    found: "documentation",
    where: "emailacademy.fr: Les erreurs de non-remise des emails",
    soft: ["552 5.2.2 Mailbox full"],
  },
  {
    server: "SoftBank",
    found: "reports",
    where: `${SISIMAI}: mbox-0`,
    hard: ["550 Invalid recipient: <ines@i.softbank.jp>"],
  },
  {
    server: "C4",
    found: "documentation",
    where: "faq.c4.cz: odeslaný e-mail se vrací zpět s chybou",
    hard: ["550 5.1.1 Sorry, no mailbox here by that name."],
  },
  {
    server: "Comcast",
    found: "reports",
    where: FIELD_MANUAL,
    hard: ["550 5.1.1 Not our Customer", "550 5.1.1 <ines@comcast.net> recipient mailbox unallocated"],
    soft: ["552 5.1.1 <ines@comcast.net> recipient rejected - extended quota violation"],
    policy: ["550 5.2.0 Message rejected due to DMARC."],
  },
  {
    server: "AT&T",
    found: "reports",
    where: FIELD_MANUAL,
    hard: ["550 5.2.1 <ines@prodigy.net>... Addressee unknown, relay=[192.0.2.1]"],
    policy: [
      "550 5.7.1 Connections not accepted from servers without a valid sender domain. Fix reverse DNS",
    ],
  },
  {
    server: "Charter and others",
    found: "reports",
    where: ZONE_MTA,
    hard: ["550 5.1.1 <ines@norrland.example> recipient rejected"],
  },
  {
    server: "addy.io",
    found: "documentation",
    where: "addy.io/help/deleting-an-alias",
    hard: ["550 5.1.1 <ines@norrland.example>: Recipient address rejected: Address does not exist"],
  },
  {
    server: "Zoho",
    found: "reports",
    where: SISIMAI,
    hard: ["550 5.1.1 User does not exist - <ines@norrland.example>"],
  },
  {
    server: "Zoho",
    found: "reports",
    where: FIELD_MANUAL,
    policy: [
      "552 5.1.1 <ines@zoho.com> Mailbox delivery failure policy error",
      "5.1.1 (bad destination mailbox address) 553 Relaying disallowed",
      "541 5.4.1 Mail rejected by destination domain",
    ],
  },
  {
    server: "GoDaddy",
    found: "documentation",
    where: "godaddy.com/help: fix rejected email with a bounce error",
    hard: ["550 Recipient not found", "Account does not exist"],
    soft: ["Account storage limit"],
    policy: [
      "550 cadenza.example From: Domain is invalid. Provide a valid From: IB506",
      "550 This IP has sent too many messages this hour. IB504",
      "554 Connection refused. This IP has a poor reputation on Cloudmark Sender Intelligence (CSI). IB103",
    ],
  },
  {
    server: "GoDaddy",
    found: "reports",
    where: "a log of Postfix in a public forum (smtp.secureserver.net said)",
    hard: ["550 5.1.1 <ines@norrland.example> Recipient not found.  <http://x.co/irbounce>"],
  },
  {
    server: "Rackspace",
    found: "reports",
    where: FIELD_MANUAL,
    hard: ["550 5.1.1 Email address could not be found, or was misspelled (G8)"],
  },
  {
    server: "Amazon WorkMail",
    found: "reports",
    where: `${SISIMAI}: ReceivingSES.pm`,
    hard: ["550 5.1.1 Mailbox does not exist"],
  },
  {
    server: "Rambler",
    found: "reports",
    where: FIELD_MANUAL,
    hard: ["540 5.7.1 <ines@rambler.ru>: recipient address rejected: Inactive"],
    policy: ["540 5.7.1 <ines@rambler.ru>: recipient address rejected: Blocked"],
  },
];
