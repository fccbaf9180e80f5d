// People and companies the team does not know yet: found in its store, and saved as contacts.

import { z } from "zod";
import * as fields from "../fields.ts";
import { tool } from "../tool.ts";
import { more, only } from "../words.ts";

const words = (what: string) => z.array(z.string().max(300)).max(50).optional().describe(what);

const SEARCH = {
  titles: words("Job titles, such as vp sales; also finds Vice President of Sales, Nordics"),
  locations: words("Cities, states or countries of the person: Umeå; Chicago, US"),
  seniorities: words("owner, founder, c_suite, partner, vp, head, director, manager, senior, entry, intern"),
  departments: words("Such as sales, engineering, operations"),
  company_locations: words("Cities, states or countries of the company"),
  company_sizes: words("Number of employees, such as 51,200 or 10001,"),
  company_domains: words("Exact company domains"),
  industries: words("Industries, such as utilities"),
  technologies: words("Technologies the company uses, such as salesforce"),
  keywords: z.string().max(200).optional().describe("Words in the name, title or company"),
  net_new_only: z.boolean().default(false).describe("Only people who are not saved as contacts"),
};

type Search = { [key in keyof typeof SEARCH]?: z.output<(typeof SEARCH)[key]> };

function filterOf(search: Search) {
  return {
    ...(search.titles && { person_titles: search.titles }),
    ...(search.locations && { person_locations: search.locations }),
    ...(search.seniorities && { person_seniorities: search.seniorities }),
    ...(search.departments && { person_departments: search.departments }),
    ...(search.company_locations && { organization_locations: search.company_locations }),
    ...(search.company_sizes && { organization_num_employees_ranges: search.company_sizes }),
    ...(search.company_domains && { q_organization_domains_list: search.company_domains }),
    ...(search.industries && { organization_industry_tag_ids: search.industries }),
    ...(search.technologies && { currently_using_any_of_technology_uids: search.technologies }),
    ...(search.keywords && { q_keywords: search.keywords }),
    ...(search.net_new_only && { prospected_by_current_team: ["no"] }),
  };
}

const PERSON = [
  "id",
  "name",
  "title",
  "organization_name",
  "seniority",
  "city",
  "country",
  "email_status",
  "contact_id",
  "source",
] as const;
const COMPANY = [
  "id",
  "name",
  "primary_domain",
  "industry",
  "estimated_num_employees",
  "city",
  "country",
  "annual_revenue_printed",
  "total_funding_printed",
  "num_jobs",
  "account_id",
  "source",
] as const;

export const prospects = [
  tool({
    name: "search_people",
    title: "Search people",
    description:
      "Searches the people database for new people to contact. Free. Names are shortened and email addresses hidden until a person is saved. contact_id is set for saved contacts.",
    calls: ["mixedPeople.searchWhole"],
    reads: true,
    input: { ...SEARCH, page: fields.page, per_page: fields.perPage },
    async run(api, { page, per_page, ...search }) {
      const answer = await api.mixedPeople.searchWhole({ ...filterOf(search), page, per_page });
      const all = [...answer.contacts, ...answer.people].map((one) => only(one, PERSON));
      return { people: all, ...more(answer.pagination) };
    },
  }),
  tool({
    name: "search_companies",
    title: "Search companies",
    description:
      "Searches the companies of the people database. A page with results costs one credit. account_id is set for saved accounts.",
    calls: ["mixedCompanies.search"],
    reads: false,
    input: {
      name: z.string().max(200).optional(),
      domains: words("Exact domains"),
      locations: words("Cities, states or countries"),
      sizes: words("Number of employees, such as 51,200 or 10001,"),
      industries: words("Industries, such as utilities"),
      technologies: words("Technologies they use, such as salesforce"),
      page: fields.page,
      per_page: fields.perPage,
    },
    async run(api, { name, domains, locations, sizes, industries, technologies, page, per_page }) {
      const answer = await api.mixedCompanies.search({
        ...(name && { q_organization_name: name }),
        ...(domains && { q_organization_domains_list: domains }),
        ...(locations && { organization_locations: locations }),
        ...(sizes && { organization_num_employees_ranges: sizes }),
        ...(industries && { organization_industry_tag_ids: industries }),
        ...(technologies && { currently_using_any_of_technology_uids: technologies }),
        page,
        per_page,
      });
      const all = [...answer.accounts, ...answer.organizations].map((one) => only(one, COMPANY));
      return { companies: all, ...more(answer.pagination) };
    },
  }),
  tool({
    name: "save_people_as_contacts",
    title: "Save people as contacts",
    description:
      "Saves people from search_people as contacts: by ids, or all (up to 5,000) that the same search finds. Existing contacts are not created again. A new contact with a verified email address costs one credit. Without confirm, shows how many are new and the cost. Show that to the user, then call again with confirm.",
    calls: ["prospecting.addToContacts"],
    reads: false,
    isWeighty: true,
    input: {
      person_ids: fields.ids("Person ids").optional(),
      all_that_match: z
        .object(SEARCH)
        .optional()
        .describe("The filters given to search_people, instead of ids"),
      list_names: z.array(z.string().max(200)).max(20).optional().describe("Lists to add them to"),
      confirm: fields.confirm,
    },
    async run(api, { person_ids, all_that_match, list_names, confirm }) {
      const answer = await api.prospecting.addToContacts(
        {
          ...(person_ids && { person_ids }),
          ...(!person_ids && all_that_match && { person_filter: filterOf(all_that_match) }),
          ...(list_names && { label_names: list_names }),
        },
        { dryRun: !confirm },
      );
      const { counts, credits, not_found_person_ids, contacts } = answer;
      return {
        ...counts,
        credits,
        ...(not_found_person_ids.length > 0 && { not_found_person_ids }),
        ...(answer.partial_results_only && { only_the_first: 5_000 }),
        ...(confirm
          ? { contact_ids: contacts.map(({ contact_id }) => contact_id) }
          : { not_done_yet: true, next: "Show this to the user, then call again with confirm: true." }),
      };
    },
  }),
];
