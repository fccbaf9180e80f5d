import assert from "node:assert/strict";
import { test } from "node:test";
import { departmentsOf, obfuscated, SENIORITIES, seniorityOf } from "./people.ts";

test("a rank is read off the title", () => {
  const ranks = {
    "Founder & CEO": "founder",
    "Co-Founder": "founder",
    Owner: "owner",
    "Chief Operating Officer": "c_suite",
    CTO: "c_suite",
    "Managing Partner": "partner",
    "Vice President, Sales": "vp",
    "SVP Operations": "vp",
    "Head of IT": "head",
    "Site Director": "director",
    "Plant Manager": "manager",
    "Senior Buyer": "senior",
    "Marketing Intern": "intern",
    Buyer: "entry",
  } as const;
  for (const [title, rank] of Object.entries(ranks)) assert.equal(seniorityOf(title), rank, title);
  assert.deepEqual(new Set(Object.values(ranks)), new Set(SENIORITIES));
  assert.equal(seniorityOf(" "), null);
  assert.equal(seniorityOf("Partnership Associate"), "entry");
});

test("departments are read off the title, several where it names several", () => {
  assert.deepEqual(departmentsOf("Head of Procurement"), ["operations"]);
  assert.deepEqual(departmentsOf("Chief Financial Officer"), ["c_suite", "finance"]);
  assert.deepEqual(departmentsOf("Software Engineer"), ["engineering"]);
  assert.deepEqual(departmentsOf("Astronaut"), []);
  assert.deepEqual(departmentsOf(null), []);
});

test("a last name is shown by its ends, and a short one by its first letter", () => {
  assert.equal(obfuscated("Okafor"), "Ok***r");
  assert.equal(obfuscated("Li"), "L***");
  assert.equal(obfuscated("Øst"), "Ø***");
  assert.equal(obfuscated("𝒳yz𝒵"), "𝒳y***𝒵");
  assert.equal(obfuscated("  "), null);
  assert.equal(obfuscated(null), null);
});
