import assert from "node:assert/strict";
import { test } from "node:test";
import { companyDomainOf } from "../domain/contacts/companies.ts";
import { classify } from "../domain/receiving/inbound.ts";
import { lookUpFor } from "../domain/receiving/inbound-facts.ts";
import type { InboundKind } from "../domain/receiving/inbound-verdict.ts";
import { FACTS, specimenLine, specimens, understood } from "../testing/specimens.ts";

const KINDS: InboundKind[] = [
  ...(["reply", "unsubscribe", "out_of_office", "auto_reply", "challenge", "bounce", "delay"] as const),
  ...(["receipt", "complaint", "list", "own", "unrelated", "unreadable"] as const),
];

test("every specimen is understood as what it is", async (t) => {
  const counts = new Map<string, number>();
  const wrong: string[] = [];
  const all = specimens();
  for (const { name, raw, expected } of all) {
    const { mail, verdict } = await understood(raw);
    const got = specimenLine(mail, verdict);
    const cell = `${expected.split(" ", 1)[0]} ${verdict.kind}`;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
    if (got !== expected)
      wrong.push(
        `${name}\n  expected  ${expected}\n  got       ${got}\n  ${JSON.stringify(verdict.evidence)}`,
      );
    assert.ok(verdict.evidence.length > 0, `${name} says why`);
  }
  for (const line of confusionTable(counts)) t.diagnostic(line);
  assert.ok(all.length >= 300, "none got lost");
  assert.deepEqual(wrong, [], wrong.join("\n"));
});

/** Rows are what the specimens are, columns what they were taken for. */
function confusionTable(counts: ReadonlyMap<string, number>) {
  const width = Math.max(...KINDS.map((kind) => kind.length)) + 1;
  const head = "".padEnd(width) + KINDS.map((kind) => kind.slice(0, 7).padStart(8)).join("");
  const rows = KINDS.map((kind) => {
    const cells = KINDS.map((got) => String(counts.get(`${kind} ${got}`) ?? ".").padStart(8));
    return kind.padEnd(width) + cells.join("");
  });
  return [head, ...rows];
}

test("a mail has the same content key wherever its lines end, and another with another body", async () => {
  for (const { name, raw } of specimens().filter((_, at) => at % 10 === 0)) {
    const { mail } = await understood(raw);
    const unix = Buffer.from(raw.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
    assert.equal((await understood(unix)).mail.contentKey, mail.contentKey, name);
    assert.equal(
      (await understood(Buffer.concat([raw, Buffer.from("\r\n")]))).mail.contentKey,
      mail.contentKey,
      name,
    );
    assert.notEqual(
      (await understood(Buffer.concat([raw, Buffer.from("x")]))).mail.contentKey,
      mail.contentKey,
      name,
    );
  }
  const keys = await Promise.all(specimens().map(async ({ raw }) => (await understood(raw)).mail.contentKey));
  assert.equal(new Set(keys).size, keys.length);
});

test("what is looked up for a mail is all that its verdict needs", async () => {
  for (const { name, raw, expected } of specimens()) {
    const { mail } = await understood(raw);
    const { messageIds, tokens, addresses, companyDomains } = lookUpFor(mail);
    const sent = FACTS.sent.filter(
      ({ messageId, token, to }) =>
        messageIds.includes(messageId) ||
        tokens.includes(token ?? "") ||
        addresses.includes(to) ||
        companyDomains.includes(companyDomainOf(to) ?? ""),
    );
    const contacts = FACTS.contacts.filter(({ emails }) => emails.some((email) => addresses.includes(email)));
    assert.equal(specimenLine(mail, classify(mail, { ...FACTS, sent, contacts })), expected, name);
  }
});

test("what is not a mail of ours is never tied to one, whatever it says", async () => {
  for (const { name, raw } of specimens()) {
    const stranger = raw
      .toString("latin1")
      .replaceAll("7f3a9c@", "000000@")
      .replaceAll(
        /(norrland|weberwerk|atelier-nord|soleado|officina|lusitano|molenaar|lindberg|fjellbygg|havnen|jarvi|wisla)(\.|=2E)/gi,
        "$1-not$2",
      )
      .replaceAll("k3y0000", "n0ne0000");
    if (/base64/i.test(stranger)) continue;
    const { verdict } = await understood(Buffer.from(stranger, "latin1"));
    assert.ok(["unrelated", "list", "own", "unreadable"].includes(verdict.kind), `${name}: ${verdict.kind}`);
    assert.equal(verdict.about, null, name);
  }
});
