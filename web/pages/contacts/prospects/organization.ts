import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";
import type { Prospect } from "./queries.ts";

export type Organization = Awaited<ReturnType<typeof api.organizations.show>>["organization"];

/** Beside people of the store, so that saving some looks again here too. */
export const organizationQuery = (id: string) =>
  queryOptions({
    queryKey: ["prospects", "company", id],
    queryFn: async () => (await api.organizations.show({ id })).organization,
  });

const SHOWN = 50;

/** The first of those who work there, and how many there are of each kind. */
export const workforceQuery = (id: string) =>
  queryOptions({
    queryKey: ["prospects", "workforce", id],
    queryFn: async () => {
      const [found, { facets, total_entries: total }] = await Promise.all([
        api.mixedPeople.searchWhole({ organization_ids: [id], per_page: SHOWN }),
        api.mixedPeople.facets({ organization_ids: [id] }),
      ]);
      const byId = new Map<string, Prospect>(
        [...found.contacts, ...found.people].map((one) => [one.id, one]),
      );
      const counted = facets.prospected_by_current_team.find(({ value }) => value === "yes");
      const people = found.model_ids.flatMap((personId) => byId.get(personId) ?? []);
      return { people, total, saved: counted?.count ?? 0 };
    },
  });

export const postingsQuery = (id: string) =>
  queryOptions({
    queryKey: ["prospects", "postings", id],
    queryFn: async () => {
      const found = await api.organizations.jobPostings({ id, per_page: 100 });
      return found.organization_job_postings;
    },
  });

/** Looking costs a credit, so that only who asks for it looks. */
export function useNews(id: string) {
  return useMutation({
    mutationFn: () => api.newsArticles.search({ organization_ids: [id], per_page: 25 }),
  });
}

/** One that is an account by its domain already is known again, not made twice. */
export function useSaveAsAccount(company: Organization) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const wish = {
        name: company.name,
        domain: company.primary_domain,
        organization_id: company.id,
        phone: company.phone,
        website_url: company.website_url,
        linkedin_url: company.linkedin_url,
        twitter_url: company.twitter_url,
        facebook_url: company.facebook_url,
        industry: company.industry,
        estimated_num_employees: company.estimated_num_employees,
        annual_revenue: company.annual_revenue,
        founded_year: company.founded_year,
        raw_address: company.raw_address,
      };
      const made = await api.accounts.bulkCreate({ accounts: [wish], run_dedupe: true });
      const [there] = made.existing_accounts;
      if (there) await api.accounts.update({ id: there.id, organization_id: company.id });
      return (there ?? made.created_accounts[0])?.id ?? null;
    },
    onSuccess: () =>
      Promise.all(["prospects", "companies"].map((noun) => queries.invalidateQueries({ queryKey: [noun] }))),
  });
}
