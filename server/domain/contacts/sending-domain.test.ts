import assert from "node:assert/strict";
import { test } from "node:test";
import type { DomainFacts, TxtAnswer } from "./domain-facts.ts";
import { dkimOf, dmarcOf, type LoginFacts, loginOf, spfOf } from "./sending-domain.ts";

const found = (...texts: string[]): TxtAnswer => ({ kind: "found", texts });
const NONE: TxtAnswer = { kind: "none" };
const FAILED: TxtAnswer = { kind: "failed", why: "ETIMEOUT" };
const KEY = { selector: "c1", publicKey: "MIIB" };

function facts(but: Partial<DomainFacts>): DomainFacts {
  return { isReserved: false, spf: NONE, dmarc: NONE, parentDmarc: null, dkim: null, providers: {}, ...but };
}

const SPF: [told: TxtAnswer, type: string, expected: string][] = [
  [found("v=spf1 include:mail.example.net -all", "google-site-verification=x"), "smtp", "good spf_good"],
  [found("V=SPF1 -all"), "smtp", "good spf_good"],
  [NONE, "smtp", "missing spf_missing"],
  [found("v=spf10 -all"), "smtp", "missing spf_missing"],
  [found("v=spf1 -all", "v=spf1 ~all"), "smtp", "faulty spf_several"],
  [found("v=spf1 +all"), "smtp", "faulty spf_open"],
  [found("v=spf1 mx all"), "smtp", "faulty spf_open"],
  [found("v=spf1 ip4:192.0.2.1 -all"), "gmail", "faulty spf_without_provider"],
  [found("v=spf1 include:_spf.google.com ~all"), "gmail", "good spf_good"],
  [found("v=spf1 include:_spf.google.com.evil ~all include:x"), "microsoft", "good spf_good"],
  [found("v=spf1 a -all"), "microsoft", "faulty spf_without_provider"],
  [FAILED, "smtp", "unknown dns_failed"],
];

for (const [told, type, expected] of SPF)
  test(`SPF of ${JSON.stringify(told)} for ${type} is ${expected}`, () => {
    const { state, code } = spfOf(facts({ spf: told }), type);
    assert.equal(`${state} ${code}`, expected);
  });

const DKIM: [told: TxtAnswer | null, expected: string][] = [
  [found("v=DKIM1; k=rsa; p=MIIB"), "good dkim_good"],
  [found("v=DKIM1; k=rsa; p=MI IB"), "good dkim_good"],
  [found("p=OTHER", "k=rsa; p=MIIB"), "good dkim_good"],
  [found("v=DKIM1; p=OTHER"), "faulty dkim_differs"],
  [found("v=DKIM1; p="), "faulty dkim_revoked"],
  [found("hello"), "missing dkim_missing"],
  [NONE, "missing dkim_missing"],
  [FAILED, "unknown dns_failed"],
  [null, "unknown not_checked"],
];

for (const [told, expected] of DKIM)
  test(`DKIM of ${JSON.stringify(told)} is ${expected}`, () => {
    const { state, code } = dkimOf(facts({ dkim: told && { selector: "c1", told } }), KEY, "smtp");
    assert.equal(`${state} ${code}`, expected);
  });

test("a key that was changed since it was asked for is not checked yet", () => {
  const asked = facts({ dkim: { selector: "old", told: found("p=MIIB") } });
  assert.equal(dkimOf(asked, KEY, "smtp").code, "not_checked");
});

test("without a key of ours a provider's own counts, and is asked of nobody else", () => {
  const asked = facts({ providers: { gmail: found("v=DKIM1; k=rsa; p=GOOG") } });
  assert.equal(dkimOf(asked, null, "gmail").code, "dkim_of_provider");
  assert.equal(dkimOf(asked, null, "smtp").code, "dkim_unset");
});

const DMARC: [own: TxtAnswer, parent: TxtAnswer | null, expected: string][] = [
  [found("v=DMARC1; p=reject; rua=mailto:a@b.example"), null, "good dmarc_good"],
  [found("v=DMARC1;p=none"), null, "good dmarc_watching"],
  [NONE, found("v=DMARC1; p=quarantine"), "good dmarc_good"],
  [found("other"), found("v=DMARC1; p=quarantine"), "good dmarc_good"],
  [NONE, NONE, "missing dmarc_missing"],
  [found("v=DMARC1; rua=mailto:a@b.example"), null, "faulty dmarc_faulty"],
  [found("v=DMARC1; p=none", "v=DMARC1; p=reject"), null, "faulty dmarc_faulty"],
  [FAILED, null, "unknown dns_failed"],
  [NONE, FAILED, "unknown dns_failed"],
];

for (const [own, parent, expected] of DMARC)
  test(`DMARC of ${JSON.stringify(own)} above ${JSON.stringify(parent)} is ${expected}`, () => {
    const { state, code } = dmarcOf(facts({ dmarc: own, parentDmarc: parent }));
    assert.equal(`${state} ${code}`, expected);
  });

test("what was never asked is unknown, and reserved domains say so", () => {
  for (const of of [
    (one: DomainFacts | null) => spfOf(one, "smtp"),
    (one: DomainFacts | null) => dmarcOf(one),
  ]) {
    assert.equal(of(null).code, "not_checked");
    assert.equal(of(facts({ isReserved: true })).code, "reserved_domain");
  }
});

const SIGNED_IN: LoginFacts = {
  isActive: true,
  inactiveReason: null,
  backoffReason: null,
  readingError: null,
  hasSignedIn: true,
};
const LOGINS: [but: Partial<LoginFacts>, expected: string][] = [
  [{}, "login_good"],
  [{ hasSignedIn: false }, "login_untried"],
  [{ isActive: false, inactiveReason: "sign in again" }, "login_refused"],
  [{ backoffReason: "421 too busy" }, "smtp_failing"],
  [{ readingError: "imap_auth_failed" }, "imap_failing"],
];

for (const [but, expected] of LOGINS)
  test(`signing in with ${JSON.stringify(but)} is ${expected}`, () =>
    assert.equal(loginOf({ ...SIGNED_IN, ...but }).code, expected));
