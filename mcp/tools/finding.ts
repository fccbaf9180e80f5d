// Facts about people that are not in the team's own records yet: whether an address is right, and what it might be.

import { z } from "zod";
import * as fields from "../fields.ts";
import { tool } from "../tool.ts";
import { only } from "../words.ts";

const CHECKED = ["email", "status", "code", "sentence", "role", "disposable", "catch_all"] as const;

const MATCHED = [
  ...(["id", "name", "title", "email", "email_status", "linkedin_url", "organization_name"] as const),
  ...(["city", "country", "contact_id", "stale"] as const),
] as const;

const COMPANY = [
  ...(["id", "name", "primary_domain", "industry", "estimated_num_employees", "city", "country"] as const),
  ...(["linkedin_url", "short_description", "account_id"] as const),
] as const;

export const finding = [
  tool({
    name: "look_up_person",
    title: "Look up a person",
    description:
      "Finds one person by email address, profile, or name and company. Searches the people database, then the team's providers. May cost credits if found.",
    calls: ["people.match"],
    reads: false,
    input: {
      email: z.string().max(320).optional(),
      name: z.string().max(400).optional(),
      domain: z.string().max(253).optional().describe("Domain of the company"),
      organization_name: z.string().max(300).optional(),
      linkedin_url: z.string().max(2000).optional(),
    },
    async run(api, wish) {
      const { person, lookup_lost } = await api.people.match(said(wish));
      return { person: person && only(person, MATCHED), ...(lookup_lost && { lookup_lost }) };
    },
  }),
  tool({
    name: "look_up_company",
    title: "Look up a company",
    description: "Finds one company by domain or name. May cost a credit if found.",
    calls: ["organizations.enrich"],
    reads: false,
    input: { domain: z.string().max(253).optional(), name: z.string().max(300).optional() },
    async run(api, wish) {
      const { organization, lookup_lost } = await api.organizations.enrich(said(wish));
      return {
        organization: organization && only(organization, COMPANY),
        ...(lookup_lost && { lookup_lost }),
      };
    },
  }),
  tool({
    name: "verify_emails",
    title: "Verify email addresses",
    description:
      "Checks whether email addresses exist: for contacts in the background (answers a job), or for one address at once. Updates the contacts' status.",
    calls: ["emailVerifications.start", "emailVerifications.check"],
    reads: false,
    input: {
      contact_ids: z.array(fields.id).max(1000).optional(),
      email: z.string().max(320).optional().describe("One email address instead of contacts"),
    },
    async run(api, { contact_ids, email }) {
      if (email !== undefined)
        return only((await api.emailVerifications.check({ email })).email_verification, CHECKED);
      const { entity_progress_job } = await api.emailVerifications.start({ contact_ids: contact_ids ?? [] });
      return { job: only(entity_progress_job, ["id", "job_type"]) };
    },
  }),
  tool({
    name: "guess_emails",
    title: "Guess email addresses",
    description:
      "Guesses a person's email address from known addresses of the company. Guesses are not verified: check them before use.",
    calls: ["emailPatterns.guess"],
    reads: true,
    input: {
      first_name: z.string().min(1).max(200),
      last_name: z.string().max(200),
      domain: z.string().min(1).max(253),
    },
    async run(api, wish) {
      const { domain, learnt_from, candidates } = await api.emailPatterns.guess(wish);
      return { domain, learnt_from, candidates: candidates.slice(0, 5) };
    },
  }),
];

/** Without what was left out. */
function said<Wish extends object>(wish: Wish) {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as {
    [key in keyof Wish]?: Exclude<Wish[key], undefined>;
  };
}
