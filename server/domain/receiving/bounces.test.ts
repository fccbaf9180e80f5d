import assert from "node:assert/strict";
import { test } from "node:test";
import { bounceReason } from "./bounces.ts";

const CASES: [status: string | null, said: string, expected: string][] = [
  ["5.1.1", "550 5.1.1 User unknown", "hard 5.1.1"],
  ["5.1.2", "Bad destination system address", "hard 5.1.2"],
  ["5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", "hard 5.1.10"],
  ["5.1.7", "Bad sender's mailbox address syntax", "policy 5.1.7"],
  ["5.1.351", "550 5.1.351 Remote server returned unknown recipient", "hard 5.1.351"],
  ["5.0.0", "553 sorry, this recipient is not in my validrcptto list (#5.7.1)", "hard 5.7.1"],
  ["5.0.0", "550 No r.holm in Name Directory", "hard 5.0.0"],
  ["5.2.1", "mailbox disabled, not accepting messages", "hard 5.2.1"],
  ["5.2.2", "mailbox full", "soft 5.2.2"],
  ["5.2.3", "message too long", "soft 5.2.3"],
  ["5.4.1", "Recipient address rejected: Access denied", "hard 5.4.1"],
  ["5.4.4", "unable to route", "hard 5.4.4"],
  ["5.4.7", "delivery time expired", "soft 5.4.7"],
  ["5.7.1", "blocked", "policy 5.7.1"],
  ["5.7.1", "550 5.7.1 User unknown", "hard 5.7.1"],
  ["4.2.2", "over quota", "soft 4.2.2"],
  ["4.7.1", "blocked, user unknown perhaps", "soft 4.7.1"],
  ["5.0.0", "550 5.1.1 no such user", "hard 5.1.1"],
  ["5.0.0", "554 rejected as spam", "policy 5.0.0"],
  ["5.0.0", "nothing known", "soft 5.0.0"],
  ["5.1.0", "Address rejected", "hard 5.1.0"],
  ["5.1.0", "sender blocked by policy", "policy 5.1.0"],
  ["5.5.0", "mailbox unavailable", "hard 5.5.0"],
  ["5.2.1", "550 Mailbox unavailable. Your IP address 192.0.2.1 is blacklisted", "policy 5.2.1"],
  ["5.2.1", "receiving email at a rate that prevents additional messages", "soft 5.2.1"],
  ["5.1.2", "550 5.1.2 Relay not allowed.", "policy 5.1.2"],
  ["5.5.4", "550 5.5.4 Listed", "soft 5.5.4"],
  ["5.6.0", "550 improper use of 8-bit data in message header", "policy 5.6.0"],
  ["5.7.1", "554 5.7.1 Recipient address rejected: Access denied", "policy 5.7.1"],
  ["5.7.27", "550 Host does not accept mail", "policy 5.7.27"],
  ["5.7.504", "Recipient address rejected: Access denied", "hard 5.7.504"],
  ["5.0.0", "450 mailbox unavailable", "soft 5.0.0"],
  [null, "550 5.7.26 unauthenticated", "policy 5.7.26"],
  [null, "452 4.2.2 over quota", "soft 4.2.2"],
  [null, "451 try again", "soft null"],
  [null, "550 sorry", "hard null"],
  [null, "554 sorry", "soft null"],
  [null, "", "soft null"],
  [null, "Utilisateur inconnu", "hard null"],
  [null, "Das Postfach ist voll", "soft null"],
  [null, "connect to 10.5.7.1 failed: connection refused", "soft null"],
];

test("a bounce is hard, soft or a refusal of the sender", () => {
  for (const [status, said, expected] of CASES) {
    const reason = bounceReason(status, said);
    assert.equal(`${reason.class} ${reason.code}`, expected, `${status} ${said} by ${reason.rule}`);
  }
});

// Each part is what servers say; that they stand together is made up.
const MADE_UP: [status: string | null, said: string, expected: string][] = [
  [null, "550 5.1.1 User unknown. Learn at mx.example why your IP was rejected", "hard 5.1.1"],
  [null, "5.1.1 Unknown user; this IP 192.0.2.1 has sent to too many unknown users", "hard 5.1.1"],
  [null, "550 No such user here. Your IP 192.0.2.1 has been noted", "hard null"],
  [null, "550 Your IP 192.0.2.1 has been noted: no such user here", "hard null"],
  [null, "550 5.1.1 Rejected. Your IP 192.0.2.1 has been noted", "hard 5.1.1"],
  [null, "550 5.1.1 The account you tried does not exist. Learn why your IP was blocked", "hard 5.1.1"],
  [null, "550 5.1.10 Recipient not found: policy error", "hard 5.1.10"],
  [null, "550 Recipient unknown, policy error", "hard null"],
  ["5.7.1", "550 5.7.1 No such user here. Your IP has been noted", "hard 5.7.1"],
  [null, "550 5.6.0 no such user", "hard 5.6.0"],
  ["5.6.1", "550 user unknown", "hard 5.6.1"],
  [null, "554 5.6.1 Recipient unknown", "hard 5.6.1"],
  [null, "450 Street of the Harbour, Kiel: user unknown 550 5.0.0", "hard null"],
  [null, "Norrland Ltd, 450 Harbour Street. The user unknown was refused with 550 5.0.0", "hard null"],
  [null, "Norrland Ltd, 421 Harbour Street: no such user", "hard null"],

  [null, "550 Your IP 192.0.2.1 is blocked: too many mails to an unknown user", "policy null"],
  [null, "550 Too many unknown user attempts from your IP", "policy null"],
  [null, "550 5.1.1 Your IP 192.0.2.1 is blacklisted", "policy 5.1.1"],
  ["5.1.1", "550 Your IP 192.0.2.1 is listed by Invaluement", "policy 5.1.1"],
  ["5.1.1", "Your IP 192.0.2.1 is blocked: host not found", "policy 5.1.1"],
  ["5.1.1", "550 This IP has sent too many messages", "policy 5.1.1"],
  [null, "552 5.1.1 Recipient overquota. Your IP 192.0.2.1 has been noted", "policy 5.1.1"],
  [null, "550 The reverse name of your IP does not exist", "policy null"],
  [null, "550 5.1.2 Your IP 192.0.2.1 has been noted", "policy 5.1.2"],
  [null, "norrland.example 5.7.1 reverse DNS does not exist", "policy 5.7.1"],
  ["5.7.1", "550 5.7.1 The PTR record of 192.0.2.1 was not found", "policy 5.7.1"],
  ["5.7.1", "554 5.7.1 The host of this connection could not be found", "policy 5.7.1"],
  ["5.7.1", "550 5.7.1 HELO name mail.cadenza.example: domain not found", "policy 5.7.1"],
  ["5.1.1", "550 5.1.1 Reverse DNS of the connecting host does not exist", "policy 5.1.1"],
  [null, "550 The reverse lookup of 192.0.2.1 failed, no such name", "policy null"],
  [null, "550 Sender domain does not resolve", "policy null"],
  ["5.7.1", "550 5.7.1 This mailbox has been closed", "hard 5.7.1"],
  ["5.7.1", "552 5.7.1 The mailbox has exceeded its quota", "soft 5.7.1"],
  ["5.3.0", "553 5.3.0 That account was terminated", "hard 5.3.0"],
  [null, "550 Our scanner is out of order today", "soft null"],
  [null, "550 Not now, dear colleague", "soft null"],
  [null, "550 Ines Okafor: mailbox moved elsewhere", "hard null"],
  ["5.2.1", "521 5.2.1 See our page", "policy 5.2.1"],
  [null, "550 5.6.0 The Message-ID is not a valid one", "policy 5.6.0"],
  [null, "550 5.6.1 The character set was not found", "policy 5.6.1"],
  [null, "Remote host said: 450 user unknown", "soft null"],
  [null, "smtp; 450 user unknown", "soft null"],
  [null, "Norrland could not deliver.\n450 user unknown", "soft null"],
  [null, "SMTP error after RCPT TO:<ines@norrland.example>: 450 user unknown", "soft null"],
  [null, "Remote server returned '450 user unknown'", "soft null"],
  [null, "<<< 450 user unknown", "soft null"],
  [null, "550 User not found, try again", "soft null"],
  [null, "host mx.norrland.example said 450-user unknown", "soft null"],
];

test("words about the sender's server, a code of the content and a house number hide no unknown user", () => {
  const wrong = MADE_UP.filter(([, , expected]) => expected.startsWith("hard")).flatMap(misread);
  assert.deepEqual(wrong, []);
});

test("an unknown user bars no address where the sender, the content or the day is the cause", () => {
  const wrong = MADE_UP.filter(([, , expected]) => !expected.startsWith("hard")).flatMap(misread);
  assert.deepEqual(wrong, []);
});

function misread([status, said, expected]: (typeof MADE_UP)[number]) {
  const reason = bounceReason(status, said);
  const read = `${reason.class} ${reason.code}`;
  return read === expected ? [] : [`${said}: ${read} by ${reason.rule}`];
}

test("a mailbox that is closed for a while, an old mail and an address of ours bar nobody", () => {
  const said = [
    "550 5.2.1 The mailbox is temporarily closed",
    "550 Mailbox temporarily deactivated",
    "550 Mailbox is currently inactive, try later",
    "550 5.0.0 Delivery to the recipient has expired",
    "550 5.0.0 The email to this address: message expired",
    "550 5.7.1 Your email address is not valid",
    "550 5.7.1 Sender email address is invalid",
    "554 5.7.1 Sending account has been terminated",
    "550 5.7.1 SMTP account deactivated",
    "554 5.7.1 Your trial account has expired",
    "550 5.7.1 From: address not valid",
    "550 5.7.1 MAIL FROM: address does not exist",
  ];
  for (const words of said)
    for (const status of [null, "5.0.0"]) {
      const reason = bounceReason(status, words);
      assert.notEqual(reason.class, "hard", `${words} by ${reason.rule}: ${reason.quote}`);
    }
});

test("the last server's own refusal wins over the code of a queue that gave up", () => {
  const cases: [status: string, said: string, expected: string][] = [
    ["4.4.7", "Message expired. Last reply: 550 5.1.1 User unknown", "hard true"],
    ["4.0.0", "550 5.1.1 unknown user", "hard true"],
    ["5.4.300", "Message expired -> 550 no such recipient", "hard true"],
    ["4.4.7", "QUEUE.Expired; message expired", "soft true"],
    ["4.4.7", "Expired. Last reply: 450 4.1.1 User unknown", "soft true"],
    ["4.7.1", "greylisted; is the user unknown?", "soft true"],
  ];
  for (const [status, said, expected] of cases) {
    const reason = bounceReason(status, said);
    assert.equal(`${reason.class} ${reason.isSure}`, expected, `${status} ${said} by ${reason.rule}`);
  }
});

test("where code and words disagree, or neither says anything, a user has to look", () => {
  for (const [status, said] of [
    ["4.4.7", "queue expired: the domain does not exist"],
    ["5.0.0", "no reason was given"],
  ] as const)
    assert.equal(bounceReason(status, said).isSure, false, said);
});

test("an unknown sender is no unknown recipient, in any language", () => {
  for (const said of [
    "554 El remitente no existe",
    "554 Absender unbekannt",
    "554 Expéditeur inconnu",
    "554 Il dominio del mittente non esiste",
    "554 Домен отправителя не существует",
    "554 发件人域名不存在",
    "554 送信者のドメインが存在しません",
  ])
    assert.equal(bounceReason("5.0.0", said).class, "policy", said);
});

test("a domain that is in no zone is final, whatever code stands beside it, and a host without an address is not", () => {
  const none =
    "smtp; DNS Error: 2320449 DNS type 'mx' lookup of norrland.example responded with code NXDOMAIN Domain name not found: norrland.example";
  const host =
    "smtp; DNS Error: 7549989 DNS type 'mx' lookup of norrland.example responded with code NOERROR 7549989 DNS type 'a' lookup of mail.norrland.example. responded with code NXDOMAIN";
  assert.partialDeepStrictEqual(bounceReason("4.0.0", none), { class: "hard", isSure: true });
  assert.equal(bounceReason("4.0.0", host).isSure, false);
});
