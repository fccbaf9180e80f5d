import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type AccountMatch,
  type AccountToMatch,
  type KnownAccount,
  linkContacts,
  matchAccounts,
} from "./account-matching.ts";

const blank: AccountToMatch = { name: null, domain: null, organizationId: null, crmIds: [] };
const known: KnownAccount[] = [
  { ...blank, id: "oldest", name: "Norrland Kraft", domain: "norrland.example" },
  { ...blank, id: "twin", name: "Norrland Kraft", domain: "kraft.example", organizationId: "o1" },
  { ...blank, id: "crm", name: "Sydkraft", crmIds: ["sf1", "hub1"] },
];
const hit = (id: string): AccountMatch => ({ kind: "known", id });
const fresh: AccountMatch = { kind: "new" };

const CASES: [what: string, wanted: Partial<AccountToMatch>[], dedupe: boolean, matches: AccountMatch[]][] = [
  ["nothing in common", [{ name: "Vestas", domain: "vestas.example" }], true, [fresh]],
  ["the same domain", [{ domain: "kraft.example" }], true, [hit("twin")]],
  ["the same organization", [{ organizationId: "o1", name: "Other" }], true, [hit("twin")]],
  ["the same name, however it is capitalized", [{ name: " NORRLAND kraft" }], true, [hit("oldest")]],
  [
    "the domain decides before the name",
    [{ name: "Sydkraft", domain: "norrland.example" }],
    true,
    [hit("oldest")],
  ],
  [
    "a CRM id decides before the domain",
    [{ crmIds: ["hub1"], domain: "norrland.example" }],
    true,
    [hit("crm")],
  ],
  [
    "without dedupe a domain and a name say nothing",
    [{ name: "Sydkraft", domain: "norrland.example" }],
    false,
    [fresh],
  ],
  ["without dedupe a CRM id still does", [{ crmIds: ["sf1"] }], false, [hit("crm")]],
  [
    "twins in one request",
    [{ domain: "new.example" }, { domain: "new.example" }],
    true,
    [fresh, { kind: "earlier", at: 0 }],
  ],
  [
    "twins in one request without dedupe",
    [{ domain: "new.example" }, { domain: "new.example" }],
    false,
    [fresh, fresh],
  ],
  [
    "twins by CRM id without dedupe",
    [{ crmIds: ["x"] }, { crmIds: ["x"] }],
    false,
    [fresh, { kind: "earlier", at: 0 }],
  ],
  ["blank names match no account", [{ name: "  " }, { name: " " }], true, [fresh, fresh]],
];

for (const [what, wanted, dedupe, matches] of CASES) {
  test(what, () => {
    assert.deepEqual(
      matchAccounts(
        known,
        wanted.map((one) => ({ ...blank, ...one })),
        dedupe,
      ),
      matches,
    );
  });
}

const accounts = [
  { id: "kraft", name: "Norrland Kraft", domain: "norrland.example" },
  { id: "shop", name: "Shop", domain: null },
];
const LINKS: [
  what: string,
  email: string | null,
  organizationName: string | null,
  accountId: string | null,
][] = [
  ["by the address", "ines@norrland.example", null, "kraft"],
  ["by an address below the domain", "ines@mail.norrland.example", null, "kraft"],
  ["by the name where there is no address", null, " norrland KRAFT ", "kraft"],
  ["by the name where the address has a free mail host", "ines@gmail.com", "Norrland Kraft", "kraft"],
  ["not by the name against the address", "ines@sydkraft.example", "Norrland Kraft", null],
  ["by the name where the account has no domain", "ines@sydkraft.example", "Shop", "shop"],
  ["the address before the name", "ines@norrland.example", "Shop", "kraft"],
  ["a domain that only ends alike is another", "ines@sydnorrland.example", null, null],
  ["nothing said", null, null, null],
];

for (const [what, email, organizationName, accountId] of LINKS) {
  test(`contacts come to an account: ${what}`, () => {
    const links = linkContacts([{ id: "c", email, organizationName }], accounts);
    assert.deepEqual(links, accountId === null ? [] : [{ contactId: "c", accountId }]);
  });
}
