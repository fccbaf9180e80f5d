import type { ReactNode } from "react";
import { Facts } from "../../parts/Facts.tsx";
import { figure } from "../../parts/figures.ts";
import { FactGroup } from "../../parts/RecordPage.tsx";
import { sayPlace } from "./columns.tsx";
import type { Organization } from "./organization.ts";

const SOURCES: Partial<Record<string, string>> = {
  sample: "Invented, to try a search with",
  file: "An import",
};

const share = new Intl.NumberFormat("en-GB", { style: "percent", signDisplay: "exceptZero" });

/** What a source has said of it; what nobody said is not there. */
export function OrganizationFacts({ company }: { company: Organization }) {
  const departments = Object.entries(company.departmental_head_count)
    .filter(([, count]) => count > 0)
    .sort(([, one], [, other]) => other - one);
  return (
    <>
      {company.short_description && <p className="prose">{company.short_description}</p>}
      <Group
        title="About"
        facts={[
          ["Industry", words(company.industries.join(", "))],
          ["Place", sayPlace(company)],
          ["Founded", company.founded_year],
          ["Phone", company.phone],
          ["Revenue", company.annual_revenue_printed],
          ["Website", outside(company.website_url)],
          ["LinkedIn", outside(company.linkedin_url)],
          ["Source", SOURCES[company.source ?? ""] ?? company.source],
        ]}
      />
      <Group
        title="Head count"
        facts={[
          ["Employees", known(company.estimated_num_employees)],
          ["In 6 months", growth(company.organization_headcount_six_month_growth)],
          ["In a year", growth(company.organization_headcount_twelve_month_growth)],
          ["In two years", growth(company.organization_headcount_twenty_four_month_growth)],
          ...departments.map(([name, count]) => [words(name), figure(count)] as const),
        ]}
      />
      <Group
        title="Funding"
        facts={[
          ["In total", company.total_funding_printed],
          [
            "Latest",
            [words(company.latest_funding_stage ?? ""), company.latest_funding_round_date]
              .filter(Boolean)
              .join(", "),
          ],
          ...company.funding_events.map(
            (event, n) =>
              [
                event.date ?? `Round ${n + 1}`,
                [
                  event.type,
                  event.amount && `${event.currency ?? ""}${figure(event.amount)}`,
                  event.investors,
                ]
                  .filter(Boolean)
                  .join(", "),
              ] as const,
          ),
        ]}
      />
      <Group title="Technologies" facts={[["Uses", company.technology_names.join(", ")]]} />
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
