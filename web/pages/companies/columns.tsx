import { useMemo } from "react";
import { capital } from "../../parts/capital.ts";
import { figure } from "../../parts/figures.ts";
import { LetterTile } from "../../parts/LetterTile.tsx";
import { CellTime } from "../../parts/records/CellTime.tsx";
import type { RecordColumn } from "../../parts/records/columns.ts";
import { useOwnFields } from "../fields/queries.ts";
import { sayFieldValue } from "../fields/value.ts";
import { usePeople } from "../people/queries.ts";
import { useStages } from "../stages/queries.ts";
import classes from "./Companies.module.css";
import type { Company } from "./queries.ts";

type Column = RecordColumn<Company>;

export function nameOf({ name, domain }: { name: string | null; domain: string | null }) {
  return name?.trim() || domain || "Without a name";
}

const WHAT: readonly Column[] = [
  {
    id: "name",
    header: "Name",
    width: 220,
    sort: "account_name",
    cell: (company) => (
      <>
        <LetterTile name={nameOf(company)} /> <span className={classes.name}>{nameOf(company)}</span>
      </>
    ),
  },
  { id: "domain", header: "Domain", width: 180, cell: ({ domain }) => domain },
  {
    id: "contacts",
    header: "Contacts",
    width: 80,
    align: "right",
    cell: ({ num_contacts }) => figure(num_contacts),
  },
];

const MORE: readonly Column[] = [
  { id: "industry", header: "Industry", width: 160, cell: ({ industry }) => industry && capital(industry) },
  {
    id: "people",
    header: "Employees",
    width: 90,
    align: "right",
    cell: ({ estimated_num_employees: count }) => (count === null ? "" : figure(count)),
  },
  { id: "city", header: "City", width: 120, isExtra: true, cell: ({ city }) => city },
  { id: "country", header: "Country", width: 120, isExtra: true, cell: ({ country }) => country },
  { id: "phone", header: "Phone", width: 140, isExtra: true, cell: ({ phone }) => phone },
  {
    id: "active",
    header: "Last activity",
    width: 120,
    align: "right",
    sort: "account_last_activity_date",
    sortFirst: "descending",
    cell: ({ last_activity_date }) => <CellTime at={last_activity_date} />,
  },
  {
    id: "added",
    header: "Added",
    width: 110,
    align: "right",
    notOnCards: true,
    sort: "account_created_at",
    sortFirst: "descending",
    cell: ({ created_at }) => <CellTime at={created_at} />,
  },
];

export function useCompanyColumns(): readonly Column[] {
  const { data: stages } = useStages("account");
  const { data: people } = usePeople();
  const { data: own } = useOwnFields();
  return useMemo(() => {
    const nameIn = (things: readonly { id: string; name: string }[] | undefined, id: string | null) =>
      things?.find((thing) => thing.id === id)?.name;
    return [
      ...WHAT,
      { id: "stage", header: "Stage", width: 120, cell: (one) => nameIn(stages, one.account_stage_id) },
      { id: "owner", header: "Owner", width: 130, cell: (one) => nameIn(people, one.owner_id) },
      ...MORE,
      ...(own ?? [])
        .filter(({ modality }) => modality === "account")
        .map(
          (field): Column => ({
            id: `field:${field.id}`,
            header: field.name,
            isExtra: true,
            cell: ({ typed_custom_fields }) => sayFieldValue(field, typed_custom_fields[field.id]),
          }),
        ),
    ];
  }, [stages, people, own]);
}
