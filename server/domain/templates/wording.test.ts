import assert from "node:assert/strict";
import { test } from "node:test";
import { capitalizedWords, plural, spokenName } from "./wording.ts";

test("a company is called as people call it", () => {
  const cases: [string, string][] = [
    ["Apollo, Inc.", "Apollo"],
    ["Norrland Kraft AB (publ)", "Norrland Kraft"],
    ["Müller GmbH & Co. KG", "Müller"],
    ["Acme Limited", "Acme"],
    ["Tesco PLC", "Tesco"],
    ["Limited", "Limited"],
    ["SAS", "SAS"],
    ["Alpas", "Alpas"],
    ["Incorporated Minds", "Incorporated Minds"],
    ["Atlas Copco", "Atlas Copco"],
  ];
  for (const [stored, spoken] of cases) assert.equal(spokenName(stored), spoken);
  assert.equal(spokenName(null), null);
});

test("titles in the plural and with capitals", () => {
  const plurals: [string, string][] = [
    ["Plant manager", "Plant managers"],
    ["Head of company", "Head of companies"],
    ["Salesperson", "Salespeople"],
    ["foreman", "foremen"],
    ["German", "Germans"],
    ["boss", "bosses"],
    ["VP of sales", "VP of sales"],
    ["attorney", "attorneys"],
    ["CEO 2", "CEO 2"],
    ["", ""],
  ];
  for (const [one, many] of plurals) assert.equal(plural(one), many);
  assert.equal(capitalizedWords("VP of sales, o'neill élan"), "VP Of Sales, O'neill Élan");
});
