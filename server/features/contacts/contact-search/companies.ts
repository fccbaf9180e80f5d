// The companies of a page of contacts, with what the people database says of them.

import type { Act } from "../../../app.ts";
import { NO_ORGANIZATION, SOURCES } from "../accounts/present.ts";
import { presentFoundContact } from "../contacts/present.ts";
import type { ContactRow } from "../contacts/reading-store.ts";
import { fieldValuesOf } from "../custom-fields/store.ts";
import { presentOrganization } from "../organizations/present.ts";
import { readOrganizations } from "../organizations/store.ts";
import { accountLabelsOf } from "./companies-store.ts";

export async function presentSearched(
  { db, caller }: Pick<Act, "db" | "caller">,
  rows: readonly ContactRow[],
) {
  const accounts = [...new Set(rows.flatMap(({ account }) => account?.id ?? []))];
  const companies = [...new Set(rows.flatMap(({ account }) => account?.organizationId ?? []))];
  const [known, fields, labels] = await Promise.all([
    companies.length > 0 ? readOrganizations(db, caller.teamId, companies) : [],
    accounts.length > 0 ? fieldValuesOf(db, caller.teamId, "account", accounts) : new Map(),
    accounts.length > 0 ? accountLabelsOf(db, caller.teamId, accounts) : [],
  ]);
  const told = new Map(known.map((row) => [row.id, toldOf(presentOrganization(row))]));
  const labelsOf = new Map(labels.map(({ id, labelIds }) => [id, labelIds]));
  return rows.map((row) => {
    const found = presentFoundContact(row);
    const { account, organization } = found;
    const company = told.get(row.account?.organizationId ?? "") ?? UNTOLD;
    return {
      ...found,
      account: account && {
        ...account,
        ...company,
        website_url: account.website_url ?? company.website_url,
        logo_url: account.logo_url ?? company.logo_url,
        primary_domain: account.domain ?? company.primary_domain,
        label_ids: labelsOf.get(account.id) ?? [],
        typed_custom_fields: fields.get(account.id) ?? {},
        custom_field_errors: {},
        account_playbook_statuses: [],
        account_rule_config_statuses: [],
        source_display_name: SOURCES[account.source] ?? "Created from API",
        crm_record_url: null,
      },
      organization: organization && {
        ...company,
        ...organization,
        website_url: organization.website_url ?? company.website_url,
        logo_url: organization.logo_url ?? company.logo_url,
      },
    };
  });
}

const UNTOLD = toldOf(NO_ORGANIZATION);

function toldOf(
  company: Omit<ReturnType<typeof presentOrganization>, "id" | "name" | "account_id" | "source">,
) {
  const { blog_url, angellist_url, twitter_url, facebook_url, crunchbase_url, primary_phone } = company;
  const { languages, alexa_ranking, linkedin_uid, founded_year } = company;
  const { publicly_traded_symbol, publicly_traded_exchange, primary_domain } = company;
  const { website_url, logo_url } = company;
  return {
    website_url,
    logo_url,
    blog_url,
    angellist_url,
    twitter_url,
    facebook_url,
    crunchbase_url,
    primary_phone,
    languages,
    alexa_ranking,
    linkedin_uid,
    founded_year,
    publicly_traded_symbol,
    publicly_traded_exchange,
    primary_domain,
  };
}
