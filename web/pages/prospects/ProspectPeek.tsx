import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Facts } from "../../parts/Facts.tsx";
import { SidePanel } from "../../parts/SidePanel.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { nameOf, sayEmail, sayPlace } from "./columns.tsx";
import { type Prospect, prospectQuery } from "./queries.ts";

type Props = { id: string; onClose: () => void; onOpen: (contactId: string) => void };

/** A look at somebody of the store beside the list. */
export function ProspectPeek({ id, onClose, onOpen }: Props) {
  const { data, error } = useQuery(prospectQuery(id));
  const contactId = data?.contact_id;
  return (
    <SidePanel
      title={data ? nameOf(data) : "Prospect"}
      says={data ? [data.title, data.organization_name].filter(Boolean).join(" at ") : undefined}
      onClose={onClose}
      {...(contactId && { onOpen: () => onOpen(contactId) })}
    >
      <Trouble error={error} />
      {data === null && <p className="soft">Nobody of that id is in the store any more.</p>}
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
            "Saved",
            person.contact_id ? "As a contact" : "Not yet: the whole name and the address come with saving",
          ],
          ["Email", person.contact_id ? (person.email ?? "None known") : sayEmail(person)],
          ["Direct phone", person.has_direct_phone ? "Known" : "None known"],
          ["Place", sayPlace(person)],
          ["Rank", person.seniority?.replace(/_/g, " ")],
          ["Department", person.departments.join(", ").replace(/_/g, " ")],
          ["Source", person.source === "sample" ? "Invented, to try a search with" : person.source],
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
              ["Domain", company.primary_domain],
              ["Industry", company.industry],
              ["Employees", company.estimated_num_employees],
              ["Revenue", company.annual_revenue_printed],
              ["Funding", company.total_funding_printed],
              ["Place", sayPlace(company)],
              ["Uses", company.technology_names.join(", ")],
              ["Open positions", company.num_jobs || null],
            ])}
          />
        </>
      )}
      {jobs.length > 0 && (
        <>
          <h3>Where they worked</h3>
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
  if (isCurrent) return from ? `since ${from}` : "now";
  return [from, end?.slice(0, 4)].filter(Boolean).join("–");
}
