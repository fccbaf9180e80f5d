import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type AddressFacts,
  type AddressVerdict,
  meaningOf,
  type ProbeReply,
  statusAfter,
  verdictOn,
} from "./address-verdict.ts";

const FOUND = { kind: "found", hosts: ["mx.kraft.no"] } as const;
const said = (code: number, enhanced: string | null = null, text = ""): ProbeReply => ({
  code,
  enhanced,
  text,
});
const answered = (address: ProbeReply, isCatchAll: boolean | null = false) =>
  ({ kind: "answered", host: "mx.kraft.no", address, isCatchAll }) as const;
const facts = (rest: Partial<AddressFacts>): AddressFacts => ({
  email: "ines@kraft.no",
  isSound: true,
  domain: { ...FOUND, hosts: [...FOUND.hosts] },
  probed: null,
  ...rest,
});

test("what was found out decides, the surest first", () => {
  const cases: [Partial<AddressFacts>, AddressVerdict["code"], AddressVerdict["status"]][] = [
    [{ isSound: false, email: "no address" }, "syntax_invalid", "unavailable"],
    [{ domain: { kind: "reserved" } }, "domain_reserved", null],
    [{ domain: { kind: "none" } }, "domain_unknown", "unavailable"],
    [{ domain: { kind: "null_mx" } }, "domain_takes_no_mail", "unavailable"],
    [{ domain: { kind: "failed", why: "ETIMEOUT" } }, "dns_failed", null],
    [{}, "domain_takes_mail", null],
    [{ probed: { kind: "over_limit" } }, "probe_limit_reached", null],
    [{ probed: { kind: "failed", why: "timed_out" } }, "server_not_reached", null],
    [{ probed: answered(said(250)) }, "mailbox_exists", "verified"],
    [{ probed: answered(said(250), true) }, "catch_all", null],
    [{ probed: answered(said(250), null) }, "server_would_not_say", null],
    [{ probed: answered(said(550, "5.1.1")) }, "mailbox_unknown", "unavailable"],
    [{ probed: answered(said(450, "4.2.0")) }, "server_would_not_say", null],
    [{ email: "x@mailinator.com" }, "disposable", "unverified"],
    [{ email: "x@sub.mailinator.com", probed: answered(said(250)) }, "disposable", "unverified"],
    [{ email: "x@mailinator.com", probed: answered(said(550, "5.1.1")) }, "mailbox_unknown", "unavailable"],
  ];
  for (const [rest, code, status] of cases) {
    const verdict = verdictOn(facts(rest));
    assert.deepEqual([verdict.code, verdict.status], [code, status], JSON.stringify(rest));
  }
});

test("addresses of a role and of free mail are named as such", () => {
  assert.ok(verdictOn(facts({ email: "Info+x@kraft.no" })).isRole);
  assert.ok(!verdictOn(facts({ email: "information@kraft.no" })).isRole);
  assert.ok(verdictOn(facts({ email: "ines@gmail.com" })).isFree);
});

test("a refusal of our server is not a refusal of the address", () => {
  const cases: [ProbeReply, ReturnType<typeof meaningOf>][] = [
    [said(250), "taken"],
    [said(251), "taken"],
    [said(252), "unclear"],
    [said(421), "unclear"],
    [said(450, "4.1.1"), "unclear"],
    [said(550), "unknown"],
    [said(550, "5.1.1", "user unknown"), "unknown"],
    [said(550, "5.1.10"), "unknown"],
    [said(550, "5.2.1", "disabled"), "unknown"],
    [said(552, "5.2.2", "full"), "unclear"],
    [said(550, "5.7.1", "user unknown to our policy"), "unclear"],
    [said(550, null, "Blocked by Spamhaus"), "unclear"],
    [said(554, null, "no"), "unclear"],
  ];
  for (const [reply, meaning] of cases) assert.equal(meaningOf(reply), meaning, JSON.stringify(reply));
});

test("what could not be told changes nothing, and what bounced stays bounced", () => {
  const on = (rest: Partial<AddressFacts>) => verdictOn(facts(rest));
  const cases: [string | null, AddressVerdict, string][] = [
    ["verified", on({}), "verified"],
    [null, on({}), "unverified"],
    ["likely to engage", on({ probed: answered(said(250), true) }), "likely to engage"],
    ["unverified", on({ probed: answered(said(250)) }), "verified"],
    ["verified", on({ probed: answered(said(550, "5.1.1")) }), "unavailable"],
    ["bounced", on({ probed: answered(said(250)) }), "bounced"],
  ];
  for (const [before, verdict, after] of cases) assert.equal(statusAfter(before, verdict), after);
});
