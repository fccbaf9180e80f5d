import { figure } from "../../parts/figures.ts";
import { Initials } from "../../parts/Initials.tsx";
import { CellTime } from "../../parts/records/CellTime.tsx";
import type { RecordColumn } from "../../parts/records/columns.ts";
import type { Prospect } from "./queries.ts";

export const nameOf = ({ name }: Pick<Prospect, "name">) => name ?? "Somebody";

const EMAILS: Record<string, string> = {
  verified: "Verified",
  unverified: "Not verified",
  "likely to engage": "Likely to engage",
};

/** Whether there is an address, and what is known of it; the address itself comes with saving. */
export function sayEmail({ email, email_status }: Prospect) {
  if (email === null) return "None known";
  return EMAILS[email_status ?? ""] ?? "Known";
}

export function sayPlace({ city, country }: Pick<Prospect, "city" | "country">) {
  return [city, country].filter(Boolean).join(", ");
}

export const COLUMNS: readonly RecordColumn<Prospect>[] = [
  {
    id: "name",
    header: "Name",
    width: 180,
    cell: (one) => (
      <>
        <Initials name={nameOf(one)} size={20} /> {nameOf(one)}
      </>
    ),
  },
  { id: "title", header: "Title", width: 180, cell: ({ title }) => title },
  { id: "company", header: "Company", width: 200, cell: ({ organization_name }) => organization_name },
  { id: "place", header: "Place", width: 150, notOnCards: true, cell: sayPlace },
  {
    id: "employees",
    header: "Employees",
    width: 90,
    align: "right",
    notOnCards: true,
    cell: ({ organization }) =>
      organization?.estimated_num_employees === null || !organization
        ? ""
        : figure(organization.estimated_num_employees),
  },
  {
    id: "industry",
    header: "Industry",
    width: 150,
    isExtra: true,
    cell: ({ organization }) => organization?.industry,
  },
  { id: "email", header: "Email", width: 110, cell: sayEmail },
  {
    id: "saved",
    header: "Saved",
    width: 90,
    cell: ({ contact_id }) => (contact_id ? "Contact" : "Net new"),
  },
  {
    id: "revenue",
    header: "Revenue",
    width: 90,
    align: "right",
    isExtra: true,
    cell: ({ organization }) => organization?.annual_revenue_printed,
  },
  {
    id: "jobs",
    header: "Open positions",
    width: 110,
    align: "right",
    isExtra: true,
    cell: ({ organization }) => organization?.num_jobs || "",
  },
  { id: "source", header: "Source", width: 100, isExtra: true, cell: ({ source }) => source },
  {
    id: "refreshed",
    header: "Refreshed",
    width: 110,
    align: "right",
    isExtra: true,
    cell: ({ last_refreshed_at }) => <CellTime at={last_refreshed_at} />,
  },
];
