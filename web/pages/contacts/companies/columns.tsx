import type { ColumnId } from "@cadenza/contract";
import { useMemo } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { capital } from "../../../parts/capital.ts";
import { figure } from "../../../parts/figures.ts";
import { LetterTile } from "../../../parts/LetterTile.tsx";
import { CellTime } from "../../../parts/records/CellTime.tsx";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import type { TableLayout } from "../../../parts/records/layout.ts";
import { columnsToCome, FIELD_WIDTH } from "../../settings/fields/columns-to-come.ts";
import { type CustomField, useOwnFields } from "../../settings/fields/queries.ts";
import { sayFieldValue } from "../../settings/fields/value.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { useStages } from "../../settings/stages/queries.ts";
import classes from "./Companies.module.css";
import type { Company } from "./queries.ts";

type Column = RecordColumn<Company, ColumnId<"companies">>;

export function nameOf({ name, domain }: { name: string | null; domain: string | null }) {
  return name?.trim() || domain || t("No name");
}

const WHAT: readonly Column[] = perLanguage(() => [
  {
    id: "name",
    header: t("Name"),
    width: 220,
    sort: "account_name",
    cell: (company) => (
      <>
        <LetterTile name={nameOf(company)} /> <span className={classes.name}>{nameOf(company)}</span>
      </>
    ),
  },
  { id: "domain", header: t("Domain"), width: 180, cell: ({ domain }) => domain },
  {
    id: "contacts",
    header: t("Contacts"),
    width: 80,
    align: "right",
    cell: ({ num_contacts }) => figure(num_contacts),
  },
]);

const MORE: readonly Column[] = perLanguage(() => [
  {
    id: "industry",
    header: t("Industry"),
    width: 160,
    cell: ({ industry }) => industry && capital(industry),
  },
  {
    id: "people",
    header: t("Employees"),
    width: 90,
    align: "right",
    cell: ({ estimated_num_employees: count }) => (count === null ? "" : figure(count)),
  },
  { id: "city", header: t("City"), width: 120, isExtra: true, cell: ({ city }) => city },
  { id: "country", header: t("Country"), width: 120, isExtra: true, cell: ({ country }) => country },
  { id: "phone", header: t("Phone"), width: 140, isExtra: true, cell: ({ phone }) => phone },
  {
    id: "active",
    header: t("Last activity"),
    width: 120,
    align: "right",
    sort: "account_last_activity_date",
    sortFirst: "descending",
    cell: ({ last_activity_date }) => <CellTime at={last_activity_date} />,
  },
  {
    id: "added",
    header: t("Added"),
    width: 110,
    align: "right",
    notOnCards: true,
    sort: "account_created_at",
    sortFirst: "descending",
    cell: ({ created_at }) => <CellTime at={created_at} />,
  },
]);

export function useCompanyColumns({ now }: Pick<TableLayout, "now">): readonly Column[] {
  const { data: stages } = useStages("account");
  const { data: people } = usePeople();
  const { data: own } = useOwnFields();
  const chosen = now?.columns;
  return useMemo(() => {
    const nameIn = (things: readonly { id: string; name: string }[] | undefined, id: string | null) =>
      things?.find((thing) => thing.id === id)?.name;
    return [
      ...WHAT,
      { id: "stage", header: t("Stage"), width: 120, cell: (one) => nameIn(stages, one.account_stage_id) },
      { id: "owner", header: t("Owner"), width: 130, cell: (one) => nameIn(people, one.owner_id) },
      ...MORE,
      ...(own ? ownColumns(own) : columnsToCome(chosen)),
    ];
  }, [stages, people, own, chosen]);
}

function ownColumns(own: readonly CustomField[]) {
  return own
    .filter(({ modality }) => modality === "account")
    .map(
      (field): Column => ({
        id: `field:${field.id}`,
        header: field.name,
        width: FIELD_WIDTH,
        isExtra: true,
        ...(field.type === "number" && { align: "right" as const }),
        cell: ({ typed_custom_fields }) => sayFieldValue(field, typed_custom_fields[field.id]),
      }),
    );
}
