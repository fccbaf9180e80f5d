// Companies of the team.

import type { Calls } from "../calls.ts";
import type { Scene } from "../scene.ts";

export const CRM = { salesforce_id: "sf-10", hubspot_id: "hs-10" };
export const PAGES = { facebook_url: "https://facebook.com/x", twitter_url: "https://twitter.com/x" };

const accountOf = (at: Scene, name: string) => ({
  name,
  domain: `${name.toLowerCase()}.example`,
  owner_id: at.colleague,
  account_stage_id: at.accountStage,
  phone: "+46905550300",
  raw_address: "Oslo, Norway",
  typed_custom_fields: { [at.accountField]: "small" },
});

export const accounts: Calls = {
  "POST /accounts": (at) => [
    { body: accountOf(at, "Nord") },
    {
      body: {
        ...accountOf(at, "Syd"),
        organization_id: at.other,
        parent_account_id: at.parent,
        linkedin_url: "https://www.linkedin.com/company/syd",
        label_names: ["South"],
      },
    },
  ],
  "PATCH /accounts/{account_id}": (at) => [
    { path: { account_id: at.account }, body: { ...accountOf(at, "Kraft-Nord"), domain: "kraft.example" } },
    { path: { account_id: at.parent }, body: { domain: "group.example" } },
  ],
  "POST /accounts/search": (at) => [
    ...alone({
      q_organization_name: "group",
      account_stage_ids: [at.accountStage],
      account_label_ids: [at.accountLabel],
      sort_by_field: "account_name",
      page: 2,
      per_page: 1,
    }),
    { body: { sort_by_field: "account_name", sort_ascending: true } },
    {},
  ],
  "POST /accounts/bulk_create": (at) => [
    {
      body: {
        accounts: [
          {
            ...accountOf(at, "Bulk"),
            ...CRM,
            ...PAGES,
            phone_status_cd: "valid_number",
            linkedin_url: "https://www.linkedin.com/company/bulk",
            merged_crm_ids: ["crm-20"],
            organization_id: at.other,
            parent_account_id: at.parent,
          },
        ],
        append_label_names: ["Bulk"],
      },
    },
    { body: { accounts: [{ name: "Kraft", domain: "kraft.example" }], run_dedupe: true } },
  ],
  "POST /accounts/bulk_update": (at) => {
    const same = { name: "Kraft", owner_id: at.colleague, account_stage_id: at.accountStage };
    return [
      {
        body: {
          account_attributes: [
            { id: at.account, ...same, typed_custom_fields: { [at.accountField]: "middle" } },
          ],
        },
      },
      { body: { account_ids: [at.parent], ...same } },
      { body: { account_ids: [at.parent], ...same, async: true } },
    ];
  },
  "POST /accounts/update_owners": (at) => [
    { query: { "account_ids[]": [at.account], owner_id: at.colleague } },
  ],
  "GET /account_stages": () => [{}],
  "GET /accounts/{id}": (at) => [{ path: { id: at.account } }],
};

/** One call for each parameter, by itself. */
export function alone(parameters: Record<string, unknown>) {
  return Object.entries(parameters).map(([name, value]) => ({ body: { [name]: value } }));
}
