// The company that is shown within a contact.

import { stored } from "../../../kernel/moments.ts";
import type { ContactRow } from "./reading-store.ts";

export function presentAccount({ account, teamId }: ContactRow) {
  if (account === null) return null;
  return {
    id: account.id,
    domain: account.domain,
    name: account.name,
    organization_id: account.organizationId,
    account_stage_id: account.accountStageId,
    source: account.source,
    original_source: account.originalSource,
    creator_id: account.creatorId,
    owner_id: account.ownerId,
    created_at: stored(account.createdAt),
    phone: account.phone,
    phone_status: account.phoneStatus,
    hubspot_id: account.hubspotId,
    salesforce_id: account.salesforceId,
    crm_owner_id: account.crmOwnerId,
    parent_account_id: account.parentAccountId,
    linkedin_url: account.linkedinUrl,
    sanitized_phone: account.sanitizedPhone,
    website_url: account.websiteUrl,
    logo_url: account.logoUrl,
    industry: account.industry,
    estimated_num_employees: account.estimatedNumEmployees,
    team_id: teamId,
    existence_level: "full" as const,
    modality: "account" as const,
  };
}

/** The company itself, as far as the team's account of it tells. */
export function presentOrganization({ account }: ContactRow) {
  if (!account?.organizationId) return null;
  return {
    id: account.organizationId,
    name: account.name,
    website_url: account.websiteUrl,
    primary_domain: account.domain,
    linkedin_url: account.linkedinUrl,
    phone: account.phone,
    logo_url: account.logoUrl,
    industry: account.industry,
    estimated_num_employees: account.estimatedNumEmployees,
  };
}
