import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { factRefused, factSaved } from "../../../parts/fact-saved.ts";
import { InlineField } from "../../../parts/InlineField.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { FactGroup } from "../../../parts/RecordPage.tsx";
import { dayOf } from "../../../parts/when.ts";
import { OwnFields } from "../../settings/fields/OwnFields.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import { isOverdue } from "./CloseDay.tsx";
import { DealPeople } from "./DealPeople.tsx";
import { currencyChoices, money } from "./money.ts";
import { type DealChange, type DealShown, stagesQuery, useChangeDeal } from "./queries.ts";
import { useMoveDeal } from "./useMoveDeal.tsx";

/** Everything known of a deal, each fact edited in place. */
export function DealFacts({ deal }: { deal: DealShown }) {
  const save = useSaveFact(deal);
  return (
    <>
      <Terms deal={deal} save={save} />
      <FactGroup title={t("Next step")}>
        <dl>
          <InlineField
            label={t("Next step")}
            value={deal.next_step ?? ""}
            onSave={(value) => save(t("Next step"), { next_step: value || null })}
          />
          <Day
            label={t("Next step due")}
            at={deal.next_step_date}
            onSave={(day) => save(t("Next step due"), { next_step_date: day })}
          />
        </dl>
      </FactGroup>
      <DealPeople deal={deal} />
      <FactGroup title={t("More")}>
        <dl>
          <InlineField
            label={t("Description")}
            kind="lines"
            value={deal.description ?? ""}
            onSave={(value) => save(t("Description"), { description: value || null })}
          />
          {deal.is_closed && <ClosedBecause deal={deal} save={save} />}
          <OwnFields
            modality="opportunity"
            values={deal.typed_custom_fields}
            onSave={(label, value) => save(label, { typed_custom_fields: value })}
          />
        </dl>
      </FactGroup>
      <p className="soft small">
        {t("Added")} <Moment at={deal.created_at} />
      </p>
    </>
  );
}

type Save = ReturnType<typeof useSaveFact>;
type Part = { deal: DealShown; save: Save };

function Terms({ deal, save }: Part) {
  const { data: stages = [] } = useQuery(stagesQuery);
  const { data: people = [] } = usePeople();
  const { move, dialog } = useMoveDeal(deal);
  const { amount, currency } = deal;
  const code = currency.iso_code;
  return (
    <FactGroup title={t("About")}>
      <dl>
        <InlineField
          label={t("Name")}
          value={deal.name}
          onSave={(name) => name && save(t("Name"), { name })}
        />
        <InlineField
          label={t("Stage")}
          kind="choice"
          value={deal.opportunity_stage_id}
          choices={stages.map(({ id, name }) => ({ value: id, label: name }))}
          onSave={(id) => move(stages.find((stage) => stage.id === id))}
        />
        <InlineField
          label={t("Amount")}
          kind="number"
          value={amount === null ? "" : String(amount)}
          says={amount === null ? "" : money(amount, code)}
          onSave={(value) => save(t("Amount"), { amount: value || null })}
        />
        <InlineField
          label={t("Currency")}
          kind="choice"
          value={code}
          choices={currencyChoices(code).map((one) => ({ value: one, label: one }))}
          onSave={(one) => save(t("Currency"), { currency_code: one })}
        />
        <Day
          label={t("Close date")}
          at={deal.closed_date}
          isOverdue={isOverdue(deal, currentTime())}
          onSave={(day) => save(t("Close date"), { closed_date: day })}
        />
        <InlineField
          label={t("Probability")}
          kind="number"
          value={String(deal.manually_updated_probability ?? "")}
          says={
            deal.manually_updated_probability === null
              ? t("{percent} % (of the stage)", { percent: deal.deal_probability })
              : t("{percent} %", { percent: deal.deal_probability })
          }
          onSave={(value) => save(t("Probability"), { deal_probability: percentIn(value) })}
        />
        <InlineField
          label={t("Owner")}
          kind="choice"
          mayClear
          value={deal.owner_id}
          choices={people
            .filter(({ id, state }) => state === "active" || id === deal.owner_id)
            .map(({ id, name }) => ({ value: id, label: name }))}
          onSave={(id) => save(t("Owner"), { owner_id: id || null })}
        />
      </dl>
      {dialog}
    </FactGroup>
  );
}

/** Empty: the stage says how likely it is. */
function percentIn(text: string) {
  const said = text.replace(/[\s%]/g, "");
  return said === "" ? null : Math.round(Number(said));
}

type DayProps = {
  label: string;
  at: string | null;
  isOverdue?: boolean;
  onSave: (day: string | null) => void;
};

function Day({ label, at, isOverdue: isLate = false, onSave }: DayProps) {
  const day = at ? dayOf(at, currentTime()) : "";
  return (
    <InlineField
      label={label}
      kind="date"
      value={at?.slice(0, 10) ?? ""}
      says={isLate ? t("{day}, overdue", { day }) : day}
      onSave={(day) => onSave(day || null)}
    />
  );
}

function ClosedBecause({ deal, save }: Part) {
  const label = deal.is_won ? t("Reason won") : t("Reason lost");
  const key = deal.is_won ? "closed_won_reason" : "closed_lost_reason";
  return (
    <InlineField
      label={label}
      kind="lines"
      value={deal[key] ?? ""}
      onSave={(value) => save(label, { [key]: value || null })}
    />
  );
}

type Said = Omit<DealChange, "id">;

function useSaveFact(deal: DealShown) {
  const change = useChangeDeal();
  const { id } = deal;
  return (label: string, next: Said) =>
    change.mutate(
      { id, ...next },
      {
        onSuccess: ({ opportunity }) =>
          factSaved(label, { ...opportunity.custom_field_errors, ...opportunity.field_errors }, () =>
            change.mutateAsync({ id, ...before(deal, next) }),
          ),
        onError: factRefused,
      },
    );
}

/** What stood where something else is to stand, in the words of a change. */
function before(deal: DealShown, next: Said): Said {
  const stood: Said = {
    name: deal.name,
    amount: deal.amount === null ? null : String(deal.amount),
    currency_code: deal.currency.iso_code,
    closed_date: deal.closed_date,
    deal_probability: deal.manually_updated_probability,
    owner_id: deal.owner_id,
    next_step: deal.next_step,
    next_step_date: deal.next_step_date,
    description: deal.description,
    closed_won_reason: deal.closed_won_reason,
    closed_lost_reason: deal.closed_lost_reason,
    typed_custom_fields: Object.fromEntries(
      Object.keys(next.typed_custom_fields ?? {}).map((key) => [key, deal.typed_custom_fields[key] ?? null]),
    ),
  };
  return Object.fromEntries(Object.entries(stood).filter(([key]) => key in next));
}
