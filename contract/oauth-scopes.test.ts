// Which call needs which scope of OAuth: Apollo's own table, and what follows from it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_OAUTH_SCOPES, endpoints, oauthScopes } from "./index.ts";

/** Apollo's table: every documented call with its scope. Calls that Cadenza does not have yet join by being added. */
const TABLE = `
GET /users/api_profile read_user_profile
GET /users/search users_list
POST /usage_stats/api_usage_stats api_usage_stats_read
POST /usage_stats/credit_usage_stats credit_usage_stats_read
POST /contacts contact_write
GET /contacts/{id} contact_read
PATCH /contacts/{id} contact_update
POST /contacts/search contacts_search
POST /contacts/bulk_create contacts_bulk_create
POST /contacts/bulk_update contacts_bulk_update
POST /contacts/update_stages contact_stages_update
POST /contacts/update_owners contact_owners_update
POST /contacts/{id}/opportunities opportunities_list
GET /contact_stages contact_stages_list
POST /accounts account_write
GET /accounts/{id} account_read
PATCH /accounts/{id} account_update
POST /accounts/search accounts_search
POST /accounts/bulk_create account_bulk_create
POST /accounts/bulk_update account_stages_update
POST /accounts/update_owners account_owners_update
GET /account_stages account_stages_list
POST /emailer_campaigns/search emailer_campaigns_search
POST /sequences emailer_campaigns_create
PUT /sequences/{id} emailer_campaigns_update
POST /emailer_campaigns/{id}/approve emailer_campaigns_approve
POST /emailer_campaigns/{id}/abort emailer_campaigns_abort
POST /emailer_campaigns/{id}/archive emailer_campaigns_archive
POST /emailer_campaigns/{id}/add_contact_ids emailer_campaigns_add_contact_ids
POST /emailer_campaigns/remove_or_stop_contact_ids emailer_campaigns_remove_or_stop_contact_ids
POST /emailer_campaigns/activity_feed emailer_campaigns_activity_feed
GET /emailer_schedules emailer_schedules_list
GET /emailer_messages/search emailer_messages_search
POST /emailer_messages emailer_messages_create
POST /emailer_messages/{id}/send_now emailer_messages_send_now
POST /emailer_messages/get_content emailer_messages_get_content
POST /emailer_messages/email_send_status emailer_messages_email_send_status
GET /email_accounts email_accounts_list
POST /tasks tasks_create
POST /tasks/bulk_create tasks_create
GET /tasks/{id} tasks_list
PATCH /tasks/{id} tasks_create
POST /tasks/{id}/complete tasks_create
POST /tasks/{id}/skip tasks_create
POST /tasks/search tasks_list
POST /opportunities opportunity_write
GET /opportunities/search opportunities_list
GET /opportunities opportunities_list
GET /opportunities/{id} opportunity_read
PATCH /opportunities/{id} opportunity_update
GET /opportunity_stages opportunity_stages_list
GET /labels tags_list
POST /labels lists_create
PATCH /labels/{id} lists_update
POST /labels/add_entity_ids_to_label_names lists_add_entities
POST /labels/remove_entity_ids_from_label_names lists_remove_entities
GET /fields custom_fields_list
POST /fields custom_field_write
PATCH /fields custom_field_write
GET /typed_custom_fields custom_fields_list
GET /phone_calls/search phone_call_search
POST /phone_calls phone_call_write
PUT /phone_calls/{id} phone_call_update
GET /notes notes_list
POST /people/match people_match
POST /people/bulk_match people_bulk_match
GET /people/{id} person_read
GET /organizations/enrich organizations_enrich
POST /organizations/bulk_enrich organizations_bulk_enrich
GET /organizations/{id} organization_read
GET /organizations/{id}/job_postings organizations_job_posting
POST /mixed_people/api_search mixed_people_api_search
POST /mixed_people/search mixed_people_search
POST /mixed_companies/search mixed_companies_search
POST /news_articles/search organizations_news_articles
GET /webhook_result/{request_id} webhook_result_read
POST /reports/sync_report report_sync`
  .trim()
  .split("\n")
  .map((line) => line.split(" ") as [method: string, path: string, scope: string]);

/** Apollo's calls that are not here yet; a change that adds one removes it from this list and gives it its scope. */
const NOT_YET = new Set([
  "/organizations/{id}/job_postings",
  "/mixed_people/api_search",
  "/mixed_people/search",
  "/mixed_companies/search",
  "/news_articles/search",
]);

const find = (method: string, path: string) =>
  endpoints.find(
    ({ endpoint }) =>
      endpoint.path === path && [endpoint.method, ...(endpoint.also ?? [])].some((verb) => verb === method),
  );

for (const [method, path, scope] of TABLE)
  test(`${method} ${path} is covered by ${scope}`, () => {
    const entry = find(method, path);
    assert.ok(entry ? entry.endpoint.oauth === scope : NOT_YET.has(path), `oauth: "${scope}" belongs to it`);
    assert.ok(oauthScopes[scope], "and a person is told what it means");
  });

test("a scope covers nothing beyond Apollo's table, and each scope covers something", () => {
  const covered = endpoints.filter(({ endpoint }) => endpoint.oauth !== undefined);
  const listed = new Set(TABLE.map((row) => row.join(" ")));
  for (const { endpoint } of covered)
    assert.ok(
      [endpoint.method, ...(endpoint.also ?? [])].some((verb) =>
        listed.has(`${verb} ${endpoint.path} ${endpoint.oauth}`),
      ),
      endpoint.path,
    );
  const named = new Set([...TABLE.map(([, , scope]) => scope), ...DEFAULT_OAUTH_SCOPES, "read_only"]);
  assert.deepEqual(new Set(Object.keys(oauthScopes)), named);
});

test("no scope reaches what only admins, the operator or the person may do", () => {
  for (const { name, endpoint } of endpoints)
    if (endpoint.oauth !== undefined) assert.ok(["scoped", "master"].includes(endpoint.access), name);
});

test("what a scope lets change is said to change something", () => {
  for (const { name, endpoint } of endpoints)
    if (endpoint.oauth !== undefined && endpoint.effect === "write")
      assert.equal(oauthScopes[endpoint.oauth]?.changes, true, name);
});
