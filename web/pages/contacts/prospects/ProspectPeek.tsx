import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { Facts } from "../../../parts/Facts.tsx";
import { SidePanel } from "../../../parts/SidePanel.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { nameOf, sayEmail, sayPlace } from "./columns.tsx";
import { type Prospect, prospectQuery } from "./queries.ts";

type Props = { id: string; onClose: () => void; onOpen: (contactId: string) => void };

/** A look at a person of the people database beside the list. */
export function ProspectPeek({ id, onClose, onOpen }: Props) {
  const { data, error } = useQuery(prospectQuery(id));
  const contactId = data?.contact_id;
  return (
    <SidePanel
      title={data ? nameOf(data) : t("Prospect")}
      says={data ? [data.title, data.organization_name].filter(Boolean).join(" at ") : undefined}
      onClose={onClose}
      {...(contactId && { onOpen: () => onOpen(contactId) })}
    >
      <Trouble error={error} />
      {data === null && <p className="soft">{t("This person is no longer in the people database.")}</p>}
      {data && <Person person={data} />}
    </SidePanel>
  );
}

function Person({ person }: { person: Prospect }) {
  const { organization: company, employment_history: jobs } = person;
  return (
    <div className="stack">
      <Facts
        facts={told([
          [
            t("Saved"),
            person.contact_id ? t("As a contact") : t("No. Save to see the full name and email address"),
          ],
          [t("Email"), person.contact_id ? (person.email ?? t("Not found")) : sayEmail(person)],
          [t("Direct phone"), person.has_direct_phone ? t("Available") : t("Not found")],
          [t("Location"), sayPlace(person)],
          [t("Seniority"), person.seniority?.replace(/_/g, " ")],
          [t("Department"), person.departments.join(", ").replace(/_/g, " ")],
          [t("Source"), person.source === "sample" ? t("Sample data") : person.source],
        ])}
      />
      {company && (
        <>
          <h3>
            {company.id ? (
              <Link to="/prospects/companies/$id" params={{ id: company.id }}>
                {company.name}
              </Link>
            ) : (
              company.name
            )}
          </h3>
          <Facts
            facts={told([
              [t("Domain"), company.primary_domain],
              [t("Industry"), company.industry],
              [t("Employees"), company.estimated_num_employees],
              [t("Revenue"), company.annual_revenue_printed],
              [t("Funding"), company.total_funding_printed],
              [t("Location"), sayPlace(company)],
              [t("Uses"), company.technology_names.join(", ")],
              [t("Open positions"), company.num_jobs || null],
            ])}
          />
        </>
      )}
      {jobs.length > 0 && (
        <>
          <h3>{t("Work history")}</h3>
          <ul>
            {jobs.map(({ id, title, organization_name, start_date, end_date, current }) => (
              <li key={id}>
                {[title, organization_name].filter(Boolean).join(" at ")}{" "}
                <span className="soft">{sayYears(start_date, end_date, current)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

type Fact = readonly [name: string, value: string | number | null | undefined];

function told(facts: readonly Fact[]) {
  return facts.filter(([, value]) => value !== null && value !== undefined && value !== "");
}

function sayYears(start: string | null, end: string | null, isCurrent: boolean) {
  const from = start?.slice(0, 4);
  if (isCurrent) return from ? t("since {from}", { from }) : "now";
  return [from, end?.slice(0, 4)].filter(Boolean).join("–");
}
