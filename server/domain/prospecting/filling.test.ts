import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type AccountKnown,
  type ContactKnown,
  fillAccount,
  fillContact,
  type PersonKnown,
} from "./filling.ts";

const contact: ContactKnown = {
  personId: null,
  title: null,
  email: null,
  linkedinUrl: null,
  organizationId: null,
  organizationName: "Norrland Kraft",
  accountDomain: null,
  presentRawAddress: null,
  jobChangeCompany: null,
};
const person: PersonKnown = {
  id: "p",
  title: "Head of Plant",
  email: "ines@norrland.no",
  emailStatus: "verified",
  linkedinUrl: "https://linkedin.com/in/ines",
  city: "Oslo",
  state: null,
  country: "Norway",
  workplace: { organizationId: "o", name: "Norrland Kraft AS", domain: "norrland.no" },
};

test("missing values are filled in, and existing ones stay", () => {
  assert.deepEqual(fillContact(contact, person), {
    personId: "p",
    linkedinUrl: person.linkedinUrl,
    title: "Head of Plant",
    email: "ines@norrland.no",
    emailStatus: "verified",
    presentRawAddress: "Oslo, Norway",
  });
  const full = {
    ...contact,
    personId: "p",
    title: "Mine",
    email: "mine@norrland.no",
    linkedinUrl: "x",
    presentRawAddress: "Bergen",
  };
  assert.equal(fillContact(full, person), null);
});

test("a contact who changed jobs is reported once, and keeps the title they had", () => {
  const elsewhere = {
    ...person,
    workplace: { organizationId: "f", name: "Fjord Energi", domain: "fjord.no" },
  };
  const known = {
    ...contact,
    email: "ines@norrland.no",
    personId: "p",
    linkedinUrl: "x",
    presentRawAddress: "y",
  };
  assert.deepEqual(fillContact(known, elsewhere), {
    jobChange: { company: "Fjord Energi", title: "Head of Plant", at: null },
  });
  assert.equal(fillContact({ ...known, title: "t", jobChangeCompany: "Fjord Energi" }, elsewhere), null);
});

test("a company's facts fill only what no user has written", () => {
  const nothing = { twitterUrl: null, facebookUrl: null, logoUrl: null, phone: null, rawAddress: null };
  const account: AccountKnown = {
    ...nothing,
    industry: "energy",
    linkedinUrl: null,
    organizationId: null,
    estimatedNumEmployees: 0,
    foundedYear: null,
  };
  const company = {
    ...nothing,
    id: "o",
    industry: "utilities",
    linkedinUrl: "https://linkedin.com/company/kraft",
    estimatedNumEmployees: 250,
    foundedYear: 1921,
  };
  assert.deepEqual(fillAccount(account, company), {
    linkedinUrl: company.linkedinUrl,
    foundedYear: 1921,
    organizationId: "o",
  });
});
