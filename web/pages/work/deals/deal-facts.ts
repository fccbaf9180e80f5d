// What of a deal a user may change, on its page and in the table.

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { type Fact, orNull, textFact, wordsIn } from "../../../parts/facts/fact.ts";
import type { IfMatch } from "../../../parts/read-first.ts";
import { useRecordStore } from "../../../parts/records/cell-edit.ts";
import { dayOf } from "../../../parts/when.ts";
import { api } from "../../../session.ts";
import { useOwnerFact } from "../../settings/people/useOwnerFact.ts";
import { isOverdue } from "./CloseDay.tsx";
import { currencyChoices, money } from "./money.ts";
import { type Deal, type DealChange, stagesQuery } from "./queries.ts";

export type DealValues = Omit<DealChange, "id">;
/** As a change is answered: without its company. */
export type DealKnown = Omit<Deal, "account" | "num_contacts">;
type DealFact = Fact<DealKnown, DealValues>;

export function useDealFacts() {
  const { data: stages } = useQuery(stagesQuery);
  const owner = useOwnerFact();
  return useMemo(() => {
    const facts = {
      ...fixedFacts(),
      stage: {
        label: t("Stage"),
        input: ({ opportunity_stage_id }) => ({
          kind: "choice",
          value: opportunity_stage_id,
          choices: (stages ?? []).map(({ id, name }) => ({ value: id, label: name })),
        }),
        change: (id) => ({ opportunity_stage_id: wordsIn(id) }),
      },
      owner,
    } satisfies Record<string, DealFact>;
    return facts;
  }, [stages, owner]);
}

function fixedFacts() {
  return {
    name: {
      label: t("Name"),
      input: ({ name }) => ({ value: name }),
      change: (value) => ({ name: wordsIn(value) }),
      refuses: (value) => (wordsIn(value) ? undefined : t("A deal needs a name.")),
    },
    amount: {
      label: t("Amount"),
      input: ({ amount, currency }) => ({
        kind: "number",
        value: amount === null ? "" : String(amount),
        says: amount === null ? "" : money(amount, currency.iso_code),
      }),
      change: (value) => ({ amount: orNull(value) }),
    },
    currency: {
      label: t("Currency"),
      input: ({ currency: { iso_code: code } }) => ({
        kind: "choice",
        value: code,
        choices: currencyChoices(code).map((one) => ({ value: one, label: one })),
      }),
      change: (code) => ({ currency_code: wordsIn(code) }),
    },
    closes: {
      label: t("Planned close date"),
      input: (deal) => {
        const day = dayIn(deal.closed_date);
        const isLate = isOverdue(deal, currentTime());
        return {
          kind: "date",
          value: day.value,
          says: isLate ? t("{day}, overdue", { day: day.says }) : day.says,
        };
      },
      change: (value) => ({ closed_date: orNull(value) }),
    },
    probability: {
      label: t("Probability"),
      input: ({ manually_updated_probability: manual, deal_probability: percent }) => ({
        kind: "number",
        value: String(manual ?? ""),
        says: manual === null ? t("{percent} % (of the stage)", { percent }) : t("{percent} %", { percent }),
      }),
      // Empty: the stage says how likely it is.
      change: (value) => ({ deal_probability: percentIn(wordsIn(value)) }),
      refuses: (value) =>
        Number.isFinite(percentIn(wordsIn(value)) ?? 0) ? undefined : t("Enter a number from 0 to 100."),
    },
    nextStep: textFact(t("Next step"), "next_step"),
    nextStepOn: {
      label: t("Next step due"),
      input: ({ next_step_date }) => ({ kind: "date", ...dayIn(next_step_date) }),
      change: (value) => ({ next_step_date: orNull(value) }),
    },
    description: textFact(t("Description"), "description", "lines"),
    whyWon: textFact(t("Reason won"), "closed_won_reason", "lines"),
    whyLost: textFact(t("Reason lost"), "closed_lost_reason", "lines"),
  } satisfies Record<string, DealFact>;
}

function dayIn(at: string | null) {
  return { value: at?.slice(0, 10) ?? "", says: at ? dayOf(at, currentTime()) : "" };
}

function percentIn(text: string) {
  const said = text.replace(/[\s%]/g, "");
  return said === "" ? null : Math.round(Number(said));
}

const CALLS = {
  noun: "deals",
  beside: ["story"],
  read: async (id: string): Promise<DealKnown> => (await api.opportunities.get({ id })).opportunity,
  write: async (id: string, change: DealValues, given: IfMatch) => {
    const { opportunity } = await api.opportunities.update({ id, ...change }, given);
    const { custom_field_errors, field_errors } = opportunity;
    return { record: opportunity as DealKnown, refusals: { ...custom_field_errors, ...field_errors } };
  },
};

/** For the table of deals, where a change is written and the row stays where it is. */
export const useDealStore = () => useRecordStore(CALLS);
