import type { ReactNode } from "react";
import { numberFormat } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Facts } from "../../../parts/Facts.tsx";
import { figure } from "../../../parts/figures.ts";
import { FactGroup } from "../../../parts/RecordPage.tsx";
import { sayPlace } from "./columns.tsx";
import type { Organization } from "./organization.ts";

const SOURCES: Partial<Record<string, string>> = perLanguage(() => ({
  sample: t("Sample data"),
  file: t("Import"),
}));

const share = numberFormat({ style: "percent", signDisplay: "exceptZero" });

/** What sources have said of it; unknown facts are left out. */
export function OrganizationFacts({ company }: { company: Organization }) {
  const departments = Object.entries(company.departmental_head_count)
    .filter(([, count]) => count > 0)
    .sort(([, one], [, other]) => other - one);
  return (
    <>
      {company.short_description && <p className="prose">{company.short_description}</p>}
      <Group
        title={t("About")}
        facts={[
          [t("Industry"), words(company.industries.join(", "))],
          [t("Location"), sayPlace(company)],
          [t("Founded"), company.founded_year],
          [t("Phone"), company.phone],
          [t("Revenue"), company.annual_revenue_printed],
          [t("Website"), outside(company.website_url)],
          ["LinkedIn", outside(company.linkedin_url)],
          [t("Source"), SOURCES[company.source ?? ""] ?? company.source],
        ]}
      />
      <Group
        title={t("Head count")}
        facts={[
          [t("Employees"), known(company.estimated_num_employees)],
          [t("Growth in 6 months"), growth(company.organization_headcount_six_month_growth)],
          [t("Growth in 1 year"), growth(company.organization_headcount_twelve_month_growth)],
          [t("Growth in 2 years"), growth(company.organization_headcount_twenty_four_month_growth)],
          ...departments.map(([name, count]) => [words(name), figure(count)] as const),
        ]}
      />
      <Group
        title={t("Funding")}
        facts={[
          [t("Total"), company.total_funding_printed],
          [
            t("Latest"),
            [words(company.latest_funding_stage ?? ""), company.latest_funding_round_date]
              .filter(Boolean)
              .join(", "),
          ],
          ...company.funding_events.map(
            (event, n) =>
              [
                event.date ?? t("Round {n}", { n: n + 1 }),
                [event.type, event.amount && `${event.currency ?? ""}${event.amount}`, event.investors]
                  .filter(Boolean)
                  .join(", "),
              ] as const,
          ),
        ]}
      />
      <Group title={t("Technologies")} facts={[[t("Uses"), company.technology_names.join(", ")]]} />
    </>
  );
}

type Fact = readonly [name: string, value: ReactNode];

/** Not there at all where nothing is known. */
function Group({ title, facts }: { title: string; facts: readonly Fact[] }) {
  const told = facts.filter(([, value]) => value !== null && value !== undefined && value !== "");
  if (told.length === 0) return null;
  return (
    <FactGroup title={title}>
      <Facts facts={told} />
    </FactGroup>
  );
}

const known = (count: number | null) => (count === null ? null : figure(count));
const growth = (by: number | null) => (by === null ? null : share.format(by));
const words = (name: string) =>
  (name.charAt(0).toUpperCase() + name.slice(1))
    .replaceAll("_", " ")
    .replace(/^Series [a-z]$/, (round) => round.slice(0, -1) + round.slice(-1).toUpperCase());

function outside(url: string | null) {
  if (!url || !/^https?:\/\//.test(url)) return url;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {url.replace(/^https?:\/\/(www\.)?/, "")}
    </a>
  );
}
