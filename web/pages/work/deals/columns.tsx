import type { ColumnId } from "@cadenza/contract";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { t } from "../../../language/t.ts";
import { wordsIn } from "../../../parts/facts/fact.ts";
import { CellTime } from "../../../parts/records/CellTime.tsx";
import { type CellEdit, editorOf } from "../../../parts/records/cell-edit.ts";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import type { TableLayout } from "../../../parts/records/layout.ts";
import { columnsToCome } from "../../settings/fields/columns-to-come.ts";
import { ownColumns } from "../../settings/fields/own-columns.ts";
import { useOwnFields } from "../../settings/fields/queries.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { CloseDay } from "./CloseDay.tsx";
import { type DealKnown, type DealValues, useDealFacts, useDealStore } from "./deal-facts.ts";
import { money } from "./money.ts";
import { type Deal, stagesQuery } from "./queries.ts";
import type { AskWhyLost } from "./useLostReason.tsx";

type Column = RecordColumn<Deal, ColumnId<"deals">>;

const onPage = () => t("Open the record to change this.");

/** The main contact, and how many more there are. */
function contactsOf({ opportunity_contact_roles: roles }: Deal) {
  const main = roles.find(({ is_primary }) => is_primary) ?? roles[0];
  if (!main) return "";
  const name = main.contact.name ?? t("No name");
  return roles.length > 1 ? t("{name} and {more} more", { name, more: roles.length - 1 }) : name;
}

export function useDealColumns({ now }: Pick<TableLayout, "now">, askWhyLost: AskWhyLost): readonly Column[] {
  const { data: people } = usePeople();
  const { data: own } = useOwnFields();
  const facts = useDealFacts();
  const { edit, stage } = useEdits(askWhyLost);
  const chosen = now?.columns;
  return useMemo(
    () => [
      {
        id: "name",
        header: t("Deal"),
        width: 240,
        sort: "name",
        cell: ({ name }) => name,
        edit: edit(facts.name),
      },
      {
        id: "stage",
        header: t("Stage"),
        width: 130,
        sort: "stage",
        cell: ({ stage_name }) => stage_name,
        edit: stage,
      },
      {
        id: "amount",
        header: t("Amount"),
        width: 120,
        align: "right",
        sort: "amount",
        sortFirst: "descending",
        cell: ({ amount, currency }) => (amount === null ? "" : money(amount, currency.iso_code)),
        edit: edit(facts.amount),
      },
      {
        id: "closes",
        header: t("Close date"),
        width: 130,
        sort: "closed_date",
        cell: (deal) => <CloseDay deal={deal} />,
        edit: edit(facts.closes),
        fixed: ({ is_closed }) =>
          is_closed ? t("The deal is closed. This is the day it was closed.") : undefined,
      },
      {
        id: "owner",
        header: t("Owner"),
        width: 130,
        sort: "owner",
        cell: ({ owner_id }) => people?.find(({ id }) => id === owner_id)?.name,
        edit: edit(facts.owner),
      },
      {
        id: "company",
        header: t("Company"),
        width: 160,
        sort: "account",
        cell: ({ account }) => account?.name,
        fixed: onPage(),
      },
      {
        id: "contacts",
        header: t("Contacts"),
        width: 170,
        sort: "contact",
        cell: contactsOf,
        fixed: onPage(),
      },
      {
        id: "next",
        header: t("Next step"),
        width: 200,
        sort: "next_step",
        cell: ({ next_step }) => next_step,
        edit: edit(facts.nextStep),
      },
      {
        id: "next_on",
        header: t("Next step due"),
        width: 130,
        isExtra: true,
        sort: "next_step_date",
        cell: ({ next_step_date }) => <CellTime at={next_step_date} />,
        edit: edit(facts.nextStepOn),
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
        edit: edit(facts.probability),
      },
      ...counted(),
      ...(own ? ownColumns(own, "opportunity", edit) : columnsToCome(chosen)),
    ],
    [people, own, chosen, facts, edit, stage],
  );
}

/** What is not entered by hand. */
function counted(): readonly Column[] {
  return [
    {
      id: "weighted",
      header: t("Weighted amount"),
      width: 130,
      sort: "forecasted_revenue",
      sortFirst: "descending",
      align: "right",
      isExtra: true,
      cell: ({ forecasted_revenue: amount, currency }) =>
        amount === null ? "" : money(amount, currency.iso_code),
    },
    {
      id: "staged",
      header: t("In stage since"),
      width: 120,
      sort: "stage_updated_at",
      sortFirst: "descending",
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
  ];
}

function useEdits(askWhyLost: AskWhyLost) {
  const facts = useDealFacts();
  const store = useDealStore();
  const { data: stages } = useQuery(stagesQuery);
  return useMemo(() => {
    const edit = editorOf<Deal, DealKnown, DealValues>(store);
    /** Before it is lost, a user may say why. Taken back, the reason is as before, too. */
    const move: CellEdit<Deal>["write"] = async (deal, value, ifMatch) => {
      const to = stages?.find(({ id }) => id === wordsIn(value));
      if (!to) return { refused: t("This stage does not exist any more.") };
      const isLost = to.is_closed && !to.is_won && to.id !== deal.opportunity_stage_id;
      const reason = isLost ? await askWhyLost(deal) : deal.closed_lost_reason;
      if (isLost && reason === null) return { kept: true };
      const change = { opportunity_stage_id: to.id, closed_lost_reason: reason || null };
      const { record } = await store.write(deal.id, change, ifMatch);
      return { row: { ...deal, ...record } };
    };
    return { edit, stage: { ...edit(facts.stage), write: move } };
  }, [facts, store, stages, askWhyLost]);
}
