import { t } from "../../../language/t.ts";
import { Facts } from "../../../parts/Facts.tsx";
import { figure } from "../../../parts/figures.ts";
import { FactGroup } from "../../../parts/RecordPage.tsx";
import type { ShownCompany } from "./queries.ts";

/** What the store of companies says of it beyond what a team writes down; not there where nothing is known. */
export function KnownOfCompany({ company }: { company: ShownCompany }) {
  const departments = Object.entries(company.departmental_head_count)
    .filter(([, count]) => count > 0)
    .sort(([, one], [, other]) => other - one)
    .slice(0, 5)
    .map(([name, count]) => `${name.replaceAll("_", " ")} ${figure(count)}`);
  const facts = [
    [t("About"), company.short_description],
    [t("Founded"), company.founded_year && String(company.founded_year)],
    [t("Revenue"), company.annual_revenue_printed],
    [t("Funding"), company.total_funding_printed],
    [t("Departments"), departments.join(", ")],
    [t("Keywords"), company.keywords.slice(0, 12).join(", ")],
    [t("Technologies"), company.technology_names.slice(0, 12).join(", ")],
  ] as const;
  const told = facts.filter(([, value]) => value);
  if (told.length === 0) return null;
  return (
    <FactGroup title={t("From data sources")}>
      <Facts facts={told} />
    </FactGroup>
  );
}
