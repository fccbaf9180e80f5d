import type { ColumnId } from "@cadenza/contract";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { figure } from "../../../parts/figures.ts";
import { Initials } from "../../../parts/Initials.tsx";
import { CellTime } from "../../../parts/records/CellTime.tsx";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import type { Prospect } from "./queries.ts";

export const nameOf = ({ name }: Pick<Prospect, "name">) => name ?? t("No name");

const EMAILS: Record<string, string> = perLanguage(() => ({
  verified: t("Verified"),
  unverified: t("Not verified"),
  "likely to engage": t("Likely to engage"),
}));

/** Whether there is an address, and what is known of it; the address itself comes with saving. */
export function sayEmail({ email, email_status }: Prospect) {
  if (email === null) return t("Not found");
  return EMAILS[email_status ?? ""] ?? t("Available");
}

export function sayPlace({ city, country }: Pick<Prospect, "city" | "country">) {
  return [city, country].filter(Boolean).join(", ");
}

export const COLUMNS: readonly RecordColumn<Prospect, ColumnId<"prospects">>[] = perLanguage(() => [
  {
    id: "name",
    header: t("Name"),
    width: 180,
    cell: (one) => (
      <>
        <Initials name={nameOf(one)} size={20} /> {nameOf(one)}
      </>
    ),
  },
  { id: "title", header: t("Title"), width: 180, cell: ({ title }) => title },
  { id: "company", header: t("Company"), width: 200, cell: ({ organization_name }) => organization_name },
  { id: "place", header: t("Location"), width: 150, notOnCards: true, cell: sayPlace },
  {
    id: "employees",
    header: t("Employees"),
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
    header: t("Industry"),
    width: 150,
    isExtra: true,
    cell: ({ organization }) => organization?.industry,
  },
  { id: "email", header: t("Email"), width: 110, cell: sayEmail },
  {
    id: "saved",
    header: t("Saved"),
    width: 90,
    cell: ({ contact_id }) => (contact_id ? t("Contact") : t("Net new")),
  },
  {
    id: "revenue",
    header: t("Revenue"),
    width: 90,
    align: "right",
    isExtra: true,
    cell: ({ organization }) => organization?.annual_revenue_printed,
  },
  {
    id: "jobs",
    header: t("Open positions"),
    width: 110,
    align: "right",
    isExtra: true,
    cell: ({ organization }) => organization?.num_jobs || "",
  },
  { id: "source", header: t("Source"), width: 100, isExtra: true, cell: ({ source }) => source },
  {
    id: "refreshed",
    header: t("Updated"),
    width: 110,
    align: "right",
    isExtra: true,
    cell: ({ last_refreshed_at }) => <CellTime at={last_refreshed_at} />,
  },
]);
