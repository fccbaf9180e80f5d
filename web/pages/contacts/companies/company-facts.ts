// What of a company a user may change, on its page and in the table.

import { useMemo } from "react";
import { t } from "../../../language/t.ts";
import { capital } from "../../../parts/capital.ts";
import { choiceFact, type Fact, orNull, textFact, wordsIn } from "../../../parts/facts/fact.ts";
import { figure } from "../../../parts/figures.ts";
import type { IfMatch } from "../../../parts/read-first.ts";
import { useRecordStore } from "../../../parts/records/cell-edit.ts";
import { api } from "../../../session.ts";
import { useOwnerFact } from "../../settings/people/useOwnerFact.ts";
import { useStages } from "../../settings/stages/queries.ts";
import type { Company, CompanyChange } from "./queries.ts";

export type CompanyValues = Omit<CompanyChange, "id">;
type CompanyFact = Fact<Company, CompanyValues>;

export function useCompanyFacts() {
  const { data: stages } = useStages("account");
  const owner = useOwnerFact();
  return useMemo(() => {
    const facts = {
      name: textFact(t("Name"), "name"),
      domain: textFact(t("Domain"), "domain"),
      phone: textFact(t("Phone"), "phone"),
      website: textFact(t("Website"), "website_url", "url"),
      linkedin: textFact("LinkedIn", "linkedin_url", "url"),
      address: textFact(t("Address"), "raw_address"),
      industry: {
        label: t("Industry"),
        input: ({ industry }) => ({ value: industry ?? "", says: industry ? capital(industry) : "" }),
        change: (value) => ({ industry: orNull(value) }),
      },
      employees: EMPLOYEES(),
      stage: choiceFact(
        t("Stage"),
        "account_stage_id",
        (stages ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ),
      owner,
    } satisfies Record<string, CompanyFact>;
    return facts;
  }, [stages, owner]);
}

const EMPLOYEES = (): CompanyFact => ({
  label: t("Employees"),
  input: ({ estimated_num_employees: count }) => ({
    kind: "number",
    value: count === null ? "" : String(count),
    says: count === null ? "" : figure(count),
  }),
  change: (value) => ({
    estimated_num_employees: wordsIn(value) === "" ? null : Math.round(Number(wordsIn(value))),
  }),
  refuses: (value) =>
    Number.isFinite(Number(wordsIn(value))) ? undefined : t("Enter a whole number, such as 250."),
});

const CALLS = {
  noun: "companies",
  beside: ["lists", "contacts", "story"],
  read: async (id: string): Promise<Company> => (await api.accounts.get({ id })).account,
  write: async (id: string, change: CompanyValues, given: IfMatch) => {
    const { account } = await api.accounts.update({ id, ...change }, given);
    return {
      record: account as Company,
      refusals: { ...account.custom_field_errors, ...account.field_errors },
    };
  },
};

/** For the table of companies, where a change is written and the row stays where it is. */
export const useCompanyStore = () => useRecordStore(CALLS);
