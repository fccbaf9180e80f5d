import type { ColumnId } from "@cadenza/contract";
import { useMemo } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { CellTime } from "../../../parts/records/CellTime.tsx";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import type { TableLayout } from "../../../parts/records/layout.ts";
import { columnsToCome, FIELD_WIDTH } from "../../settings/fields/columns-to-come.ts";
import { type CustomField, useOwnFields } from "../../settings/fields/queries.ts";
import { sayFieldValue } from "../../settings/fields/value.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { CloseDay } from "./CloseDay.tsx";
import { money } from "./money.ts";
import type { Deal } from "./queries.ts";

type Column = RecordColumn<Deal, ColumnId<"deals">>;

const WHAT: readonly Column[] = perLanguage(() => [
  { id: "name", header: t("Deal"), width: 240, sort: "name", cell: ({ name }) => name },
  { id: "stage", header: t("Stage"), width: 130, sort: "stage", cell: ({ stage_name }) => stage_name },
  {
    id: "amount",
    header: t("Amount"),
    width: 120,
    align: "right",
    sort: "amount",
    sortFirst: "descending",
    cell: ({ amount, currency }) => (amount === null ? "" : money(amount, currency.iso_code)),
  },
  {
    id: "closes",
    header: t("Close date"),
    width: 130,
    sort: "closed_date",
    cell: (deal) => <CloseDay deal={deal} />,
  },
]);

const MORE: readonly Column[] = perLanguage(() => [
  { id: "company", header: t("Company"), width: 160, sort: "account", cell: ({ account }) => account?.name },
  { id: "contacts", header: t("Contacts"), width: 170, cell: contactsOf },
  { id: "next", header: t("Next step"), width: 200, cell: ({ next_step }) => next_step },
  {
    id: "next_on",
    header: t("Next step due"),
    width: 130,
    isExtra: true,
    sort: "next_step_date",
    cell: ({ next_step_date }) => <CellTime at={next_step_date} />,
  },
  {
    id: "probability",
    header: t("Probability"),
    width: 100,
    align: "right",
    isExtra: true,
    sort: "probability",
    sortFirst: "descending",
    cell: ({ deal_probability }) => t("{percent} %", { percent: deal_probability }),
  },
  {
    id: "weighted",
    header: t("Weighted amount"),
    width: 130,
    align: "right",
    isExtra: true,
    cell: ({ forecasted_revenue: amount, currency }) =>
      amount === null ? "" : money(amount, currency.iso_code),
  },
  {
    id: "staged",
    header: t("In stage since"),
    width: 120,
    align: "right",
    isExtra: true,
    cell: ({ stage_updated_at, created_at }) => <CellTime at={stage_updated_at ?? created_at} />,
  },
  {
    id: "created",
    header: t("Created"),
    width: 110,
    align: "right",
    notOnCards: true,
    sort: "created_at",
    sortFirst: "descending",
    cell: ({ created_at }) => <CellTime at={created_at} />,
  },
]);

/** The main contact, and how many more there are. */
function contactsOf({ opportunity_contact_roles: roles }: Deal) {
  const main = roles.find(({ is_primary }) => is_primary) ?? roles[0];
  if (!main) return "";
  const name = main.contact.name ?? t("No name");
  return roles.length > 1 ? t("{name} and {more} more", { name, more: roles.length - 1 }) : name;
}

export function useDealColumns({ now }: Pick<TableLayout, "now">): readonly Column[] {
  const { data: people } = usePeople();
  const { data: own } = useOwnFields();
  const chosen = now?.columns;
  return useMemo(
    () => [
      ...WHAT,
      {
        id: "owner",
        header: t("Owner"),
        width: 130,
        sort: "owner",
        cell: ({ owner_id }) => people?.find(({ id }) => id === owner_id)?.name,
      },
      ...MORE,
      ...(own ? ownColumns(own) : columnsToCome(chosen)),
    ],
    [people, own, chosen],
  );
}

function ownColumns(own: readonly CustomField[]) {
  return own
    .filter(({ modality }) => modality === "opportunity")
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
