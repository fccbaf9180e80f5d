import type { Example } from "../endpoint.ts";

const key = {
  id: "64f0aa0000000000000000a1",
  name: "n8n",
  master: false,
  operator: false,
  scopes: ["api/v1/contacts/search", "api/v1/emailer_campaigns/add_contact_ids"],
  user_id: null,
  prefix: "cdz_7hTq",
  created_at: "2026-02-03T08:00:00.000Z",
  created_by_user_id: "64f0aa000000000000000002",
  last_used_at: null,
  expires_at: null,
  revoked_at: null,
};

export const apiKeys: Record<string, readonly Example[]> = {
  "apiKeys.create": [
    {
      title: "A key for two calls",
      input: { name: "n8n", scopes: key.scopes },
      answer: { api_key: { ...key, key: "cdz_7hTqN0vX3bE9mZ5kYp2sRw8cLd4uJf6g" } },
    },
  ],
  "apiKeys.list": [{ title: "All keys", isShownElsewhere: true, input: {}, answer: { api_keys: [key] } }],
  "apiKeys.current": [
    {
      isShownElsewhere: true,
      title: "A key that reads contacts",
      input: {},
      answer: {
        caller: {
          user_id: "64f0aa000000000000000002",
          name: "Ole Dahl",
          email: "ole@norrland.example",
          team_id: "64f0aa000000000000000001",
          team_name: "Norrland Kraft",
          role: "admin",
          kind: "key",
          master: false,
          scopes: ["api/v1/contacts/search"],
          calls: ["contacts.search", "apiKeys.current"],
        },
      },
    },
  ],
  "apiKeys.update": [
    {
      title: "Another call for the same key",
      isShownElsewhere: true,
      input: { id: key.id, scopes: [...key.scopes, "api/v1/contacts/create"] },
      answer: { api_key: { ...key, scopes: [...key.scopes, "api/v1/contacts/create"] } },
    },
  ],
  "apiKeys.revoke": [
    {
      title: "A leaked key",
      isShownElsewhere: true,
      input: { id: key.id },
      answer: { api_key: { ...key, revoked_at: "2026-03-01T09:30:00.000Z" } },
    },
  ],
};
