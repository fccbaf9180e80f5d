import assert from "node:assert/strict";
import { test } from "node:test";
import { readPasted } from "./pasted-calls.ts";

const NOTHING = { scopes: [], needNone: [], needMaster: [], unclear: [], unknown: [] };
const scopesIn = (text: string) => readPasted(text).scopes;

test("lines with a method and a path are read, with and without host and version", () => {
  assert.deepEqual(
    readPasted(
      [
        "POST /contacts",
        "GET https://api.apollo.io/api/v1/email_accounts?page=2",
        "post: POST /v1/emailer_campaigns/search",
        "/emailer_campaigns/{id}/add_contact_ids",
        "GET /auth/health",
        "POST /users/invite",
        "POST /no/such/call",
      ].join("\n"),
    ),
    {
      scopes: [
        "api/v1/contacts/create",
        "api/v1/email_accounts/index",
        "api/v1/emailer_campaigns/search",
        "api/v1/emailer_campaigns/add_contact_ids",
      ],
      needNone: ["GET /auth/health"],
      needMaster: ["POST /users/invite"],
      unclear: [],
      unknown: ["POST /no/such/call"],
    },
  );
});

test("calls are found in Python, JavaScript and curl, with ids of any form in the path", () => {
  for (const [code, scope] of [
    ['requests.post(f"{BASE}/contacts/search", json=body)', "contacts/search"],
    ["requests.patch(f'{BASE}/contacts/{row[\"id\"]}')", "contacts/update"],
    ['requests.request(method="POST", url=API + "/emailer_campaigns/search")', "emailer_campaigns/search"],
    ["await axios.get(`${BASE}/contacts/${id}`)", "contacts/show"],
    ['fetch(base + "/api/v1/contacts", { method: "POST" })', "contacts/create"],
    ['// get contacts\nfetch("/api/v1/contacts/search", { method: "POST" })', "contacts/search"],
    ['axios.delete("/contacts/" + id)', "contacts/destroy"],
    ['curl -X POST -H "Content-Type: application/json" https://x.io/api/v1/contacts', "contacts/create"],
    ["curl --request POST \\\n  --url https://x.io/api/v1/contacts \\\n  --data '{}'", "contacts/create"],
    ["curl https://x.io/api/v1/contacts/64f0aa0000000000000000a1 -X DELETE", "contacts/destroy"],
  ] as const)
    assert.deepEqual(scopesIn(code), [`api/v1/${scope}`], code);
});

test("an address that several calls have asks for its method", () => {
  assert.deepEqual(readPasted('url = "/contacts/{id}"'), { ...NOTHING, unclear: ["/contacts/{id}"] });
});

test("other paths of a program are left alone", () => {
  assert.deepEqual(readPasted('import x from "./lib/x"; // see /usr/bin\nconst a = b / c;'), NOTHING);
});
