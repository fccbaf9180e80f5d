// Wire words into questions.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { normalizeDomain } from "../../../domain/contacts/companies.ts";
import type { OrganizationQuestion, PersonQuestion } from "../../../domain/prospecting/enrichment.ts";
import { Refusal } from "../../../kernel/refusal.ts";

type Said = z.output<typeof contract.people.bulkMatch.input>["details"][number];

export function readPersonQuestion(said: Said): PersonQuestion {
  return {
    id: said.id ?? null,
    firstName: words(said.first_name),
    lastName: words(said.last_name),
    name: words(said.name),
    email: words(said.email)?.toLowerCase() ?? null,
    hashedEmail: said.hashed_email?.toLowerCase() ?? null,
    organizationName: words(said.organization_name),
    domain: normalizeDomain(said.domain ?? said.organization_domain),
    linkedinUrl: words(said.linkedin_url),
  };
}

type Company = z.output<typeof contract.organizations.enrich.input>;

export function readCompany(said: Company): OrganizationQuestion {
  const question = {
    id: null,
    domain: normalizeDomain(said.domain) ?? normalizeDomain(said.website),
    linkedinUrl: words(said.linkedin_url),
    name: words(said.name),
  };
  if (!question.domain && !question.linkedinUrl && !question.name)
    throw new Refusal("parameter_missing", { name: "domain" });
  return question;
}

export function readCompanies({
  domains,
  details,
}: z.output<typeof contract.organizations.bulkEnrich.input>) {
  return details ? details.map(readCompany) : (domains ?? []).map((domain) => readCompany({ domain }));
}

function words(text: string | undefined) {
  return text?.trim() || null;
}
