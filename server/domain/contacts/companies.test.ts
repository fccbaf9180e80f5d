import assert from "node:assert/strict";
import { test } from "node:test";
import { accountClues, companyDomainOf, companyKeyOf, isFreeMail, normalizeDomain } from "./companies.ts";

const DOMAINS: [string | null, string | null][] = [
  ["norrland.example", "norrland.example"],
  ["https://www.Norrland.example/about?x=1#y", "norrland.example"],
  ["HTTP://norrland.example:8080", "norrland.example"],
  ["//norrland.example/", "norrland.example"],
  ["www.norrland.example.", "norrland.example"],
  ["sales.norrland.co.uk", "sales.norrland.co.uk"],
  ["user@norrland.example", "norrland.example"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["www.com", "www.com"],
  ["co.uk", null],
  ["localhost", null],
  ["127.0.0.1", null],
  ["[::1]", null],
  ["not a domain", null],
  ["", null],
  [null, null],
];

for (const [given, expected] of DOMAINS) {
  test(`the domain in ${JSON.stringify(given)} is ${expected}`, () =>
    assert.equal(normalizeDomain(given), expected));
}

test("an address of a free-mail host tells of no company", () => {
  assert.equal(isFreeMail("ines@Gmail.com"), true);
  assert.equal(isFreeMail("ines@norrland.se"), false);
  assert.equal(companyDomainOf("ines@gmail.com"), null);
  assert.equal(companyDomainOf("ines@mail.norrland.co.uk"), "norrland.co.uk");
  assert.equal(companyDomainOf("ines"), null);
});

test("the company is the account, else the organization, else the domain of the address", () => {
  const all = { accountId: "a", organizationId: "o", email: "x@norrland.se" };
  assert.equal(companyKeyOf(all), "account a");
  assert.equal(companyKeyOf({ ...all, accountId: null }), "organization o");
  assert.equal(companyKeyOf({ ...all, accountId: null, organizationId: null }), "domain norrland.se");
  assert.equal(companyKeyOf({ accountId: null, organizationId: null, email: "x@gmail.com" }), null);
});

test("an account is looked for by the address's domain, by the website where that says nothing, by name", () => {
  assert.deepEqual(accountClues({ email: "a@mail.norrland.se", domain: "other.se", name: " Norrland " }), {
    domains: ["mail.norrland.se", "norrland.se"],
    name: "norrland",
  });
  assert.deepEqual(accountClues({ email: "a@gmail.com", domain: "https://www.other.se" }), {
    domains: ["other.se"],
    name: null,
  });
  assert.deepEqual(accountClues({}), { domains: [], name: null });
});
