import type { ColumnId } from "@cadenza/contract";
import { useMemo } from "react";
import { t } from "../../../language/t.ts";
import { capital } from "../../../parts/capital.ts";
import { figure } from "../../../parts/figures.ts";
import { LetterTile } from "../../../parts/LetterTile.tsx";
import { CellTime } from "../../../parts/records/CellTime.tsx";
import { editorOf } from "../../../parts/records/cell-edit.ts";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import type { TableLayout } from "../../../parts/records/layout.ts";
import { columnsToCome } from "../../settings/fields/columns-to-come.ts";
import { ownColumns } from "../../settings/fields/own-columns.ts";
import { useOwnFields } from "../../settings/fields/queries.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { useStages } from "../../settings/stages/queries.ts";
import classes from "./Companies.module.css";
import { type CompanyValues, useCompanyFacts, useCompanyStore } from "./company-facts.ts";
import type { Company } from "./queries.ts";

type Column = RecordColumn<Company, ColumnId<"companies">>;

export function nameOf({ name, domain }: { name: string | null; domain: string | null }) {
  return name?.trim() || domain || t("No name");
}

export function useCompanyColumns({ now }: Pick<TableLayout, "now">): readonly Column[] {
  const { data: stages } = useStages("account");
  const { data: people } = usePeople();
  const { data: own } = useOwnFields();
  const facts = useCompanyFacts();
  const store = useCompanyStore();
  const chosen = now?.columns;
  return useMemo(() => {
    const edit = editorOf<Company, Company, CompanyValues>(store);
    const nameIn = (things: readonly { id: string; name: string }[] | undefined, id: string | null) =>
      things?.find((thing) => thing.id === id)?.name;
    return [
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
        edit: edit(facts.name),
      },
      {
        id: "domain",
        header: t("Domain"),
        width: 180,
        sort: "domain",
        cell: ({ domain }) => domain,
        edit: edit(facts.domain),
      },
      {
        id: "contacts",
        header: t("Contacts"),
        width: 80,
        align: "right",
        sort: "num_contacts",
        sortFirst: "descending",
        cell: ({ num_contacts }) => figure(num_contacts),
      },
      {
        id: "stage",
        header: t("Stage"),
        width: 120,
        sort: "account_stage",
        cell: (one) => nameIn(stages, one.account_stage_id),
        edit: edit(facts.stage),
      },
      {
        id: "owner",
        header: t("Owner"),
        width: 130,
        sort: "owner",
        cell: (one) => nameIn(people, one.owner_id),
        edit: edit(facts.owner),
      },
      {
        id: "industry",
        header: t("Industry"),
        width: 160,
        sort: "industry",
        cell: ({ industry }) => industry && capital(industry),
        edit: edit(facts.industry),
      },
      {
        id: "people",
        header: t("Employees"),
        width: 90,
        sort: "estimated_num_employees",
        sortFirst: "descending",
        align: "right",
        cell: ({ estimated_num_employees: count }) => (count === null ? "" : figure(count)),
        edit: edit(facts.employees),
      },
      ...addressColumns(),
      {
        id: "phone",
        header: t("Phone"),
        width: 140,
        sort: "phone",
        isExtra: true,
        cell: ({ phone }) => phone,
        edit: edit(facts.phone),
      },
      ...timeColumns(),
      ...(own ? ownColumns(own, "account", edit) : columnsToCome(chosen)),
    ];
  }, [stages, people, own, chosen, facts, store]);
}

function addressColumns(): readonly Column[] {
  const fixed = t("Taken from the address. Open the record to change it.");
  return [
    {
      id: "city",
      header: t("City"),
      width: 120,
      isExtra: true,
      sort: "city",
      cell: ({ city }) => city,
      fixed,
    },
    {
      id: "country",
      header: t("Country"),
      width: 120,
      isExtra: true,
      sort: "country",
      cell: ({ country }) => country,
      fixed,
    },
  ];
}

function timeColumns(): readonly Column[] {
  return [
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
  ];
}
