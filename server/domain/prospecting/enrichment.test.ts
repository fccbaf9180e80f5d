import assert from "node:assert/strict";
import { test } from "node:test";
import {
  BLANK_QUESTION,
  companyName,
  hasMoved,
  isAbout,
  isAboutOrganization,
  isStale,
  keyOfPerson,
  type PersonQuestion,
  saysWho,
  type Workplace,
} from "./enrichment.ts";

const asked = (rest: Partial<PersonQuestion>): PersonQuestion => ({ ...BLANK_QUESTION, ...rest });

test("a name alone identifies no person", () => {
  const cases: [Partial<PersonQuestion>, boolean][] = [
    [{}, false],
    [{ name: "Ines Okafor" }, false],
    [{ domain: "kraft.no" }, false],
    [{ name: "Ines Okafor", domain: "kraft.no" }, true],
    [{ firstName: "Ines", lastName: "Okafor", organizationName: "Kraft" }, true],
    [{ email: "ines@kraft.no" }, true],
    [{ hashedEmail: "a".repeat(32) }, true],
    [{ linkedinUrl: "linkedin.com/in/ines" }, true],
    [{ id: "64f0aa000000000000000002" }, true],
  ];
  for (const [rest, expected] of cases) assert.equal(saysWho(asked(rest)), expected, JSON.stringify(rest));
});

test("two ways of asking for the same person are one", () => {
  assert.equal(
    keyOfPerson(asked({ email: " Ines@Kraft.no" })),
    keyOfPerson(asked({ email: "ines@kraft.no", name: "x" })),
  );
  const name = { domain: "kraft.no" };
  assert.equal(
    keyOfPerson(asked({ ...name, name: "Ines  Okafor" })),
    keyOfPerson(asked({ ...name, firstName: "ines", lastName: "OKAFOR" })),
  );
  assert.notEqual(keyOfPerson(asked({ ...name, name: "a" })), keyOfPerson(asked({ ...name, name: "b" })));
});

test("an answer about another person is not believed", () => {
  const question = asked({ firstName: "Ines", lastName: "Okafor", email: "ines@kraft.no" });
  const cases: [Parameters<typeof isAbout>[1], boolean][] = [
    [{ email: "INES@kraft.no", lastName: "Anything" }, true],
    [{ firstName: "Ines", lastName: "Okafor", email: "i.okafor@new.no" }, true],
    [{ firstName: "I.", lastName: "Okafor-Lund" }, true],
    [{ firstName: "Ines", lastName: "Dahl", email: "ines@elsewhere.no" }, false],
    [{ firstName: "Per", lastName: "Okafor" }, false],
    [{}, false],
  ];
  for (const [answer, expected] of cases)
    assert.equal(isAbout(question, answer), expected, JSON.stringify(answer));
  const company = { id: null, domain: "kraft.no", linkedinUrl: null, name: null };
  assert.ok(isAboutOrganization(company, { name: "Kraft", websiteUrl: "https://www.kraft.no/" }));
  assert.ok(!isAboutOrganization(company, { name: "Kraft", domain: "kraft.se" }));
  assert.ok(!isAboutOrganization(company, {}));
});

test("a company that is written differently is no other company", () => {
  const at = (name: string | null, domain: string | null = null): Workplace => ({
    organizationId: null,
    name,
    domain,
  });
  const cases: [Workplace, Workplace, boolean][] = [
    [at("Norrland Kraft AS"), at("Norrland Kraft"), false],
    [at("ACME, Inc."), at("Acme"), false],
    [at("Norrland Kraft"), at("Norrland Kraft Nord AS"), false],
    [at("Norrland Kraft"), at("Fjord Energi"), true],
    [at("Norrland Kraft", "norrland.no"), at("NK", "mail.norrland.no"), false],
    [at("Norrland Kraft", "norrland.no"), at("Norrland Kraft", "fjord.no"), true],
    [at(null), at("Fjord Energi"), false],
    [at("Norrland Kraft"), at(null), false],
    [at("AS"), at("AB"), false],
  ];
  for (const [before, now, moved] of cases)
    assert.equal(hasMoved(before, now), moved, `${before.name} ${now.name}`);
  assert.ok(!hasMoved({ ...at("A"), organizationId: "1" }, { ...at("B"), organizationId: "1" }));
  assert.equal(companyName("Société Générale S.A."), "societe generale s a");
});

test("what was heard ninety days ago is stale", () => {
  const at = Temporal.Instant.from("2026-01-01T00:00:00Z");
  assert.ok(!isStale(at, at.add({ hours: 90 * 24 })));
  assert.ok(isStale(at, at.add({ hours: 90 * 24 + 1 })));
});
