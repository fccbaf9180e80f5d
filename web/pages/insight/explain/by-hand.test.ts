import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { BY_HAND, byHand } from "./by-hand.ts";
import { isAboutMany, warningOf } from "./fixing.ts";

/** The table that is made from the rules themselves: each code, and the calls that mend it. */
const ROWS = [
  ...readFileSync(new URL("../../../../docs/guides/why.md", import.meta.url), "utf8").matchAll(
    /^\| `([^`]+)` \|.*\| (.*)\|$/gm,
  ),
].map(([, code = "", calls = ""]) => ({
  code,
  calls: [...calls.matchAll(/`(\w+) ([^`]+)`/g)].map(([, method = "", path = ""]) => ({ method, path })),
}));

describe("what the Why panel offers", () => {
  test("is told of every code that an answer can give, and of no other", () => {
    assert.ok(ROWS.length > 40, `${ROWS.length} codes were read`);
    assert.deepEqual(Object.keys(BY_HAND).sort(), [...new Set(ROWS.map(({ code }) => code))].sort());
  });

  for (const { code, calls } of ROWS)
    test(`${code}: a call that fixes it, and words for users who may not make the call`, () => {
      const told = byHand({ code, evidence: {} });
      assert.match(told?.says ?? "", /^[A-Z].*\.$/);
      assert.equal(told?.href === undefined, told?.link === undefined, "a page, and what it is called");
      for (const { method, path } of calls) {
        const fix = { label: "Mend it", method: method as "POST", path: path.replace("{id}", "1"), body: {} };
        const isOneContact = /^\/(contacts|tasks|incoming_mails)\//.test(path);
        assert.ok(
          isOneContact || isAboutMany(fix) || warningOf(fix, { code, until: null }),
          `${path} touches many, and nobody is asked`,
        );
      }
    });

  test("names the page of the record that holds it", () => {
    const evidence = {
      contact_id: "c1",
      email_account_id: "m1",
      account_id: "a1",
      emailer_campaign_id: "s1",
      incoming_mail_id: "i1",
    };
    const pages = Object.keys(BY_HAND).flatMap((code) => byHand({ code, evidence })?.href ?? []);
    for (const page of pages)
      assert.match(
        page,
        /^\/(?:contacts\/c1|companies\/a1|sequences\/s1(?:\?tab=settings)?|settings\/\w+(?:\/m1)?|inbox\?open=i1&tab=all)$/,
      );
  });
});
