import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { savedFact } from "../../../parts/fact-saved.ts";
import { FactField } from "../../../parts/facts/FactField.tsx";
import { InlineField } from "../../../parts/InlineField.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { FactGroup } from "../../../parts/RecordPage.tsx";
import { queries } from "../../../session.ts";
import { OwnFields } from "../../settings/fields/OwnFields.tsx";
import { DealPeople } from "./DealPeople.tsx";
import { type DealValues, useDealFacts } from "./deal-facts.ts";
import { type DealShown, dealQuery, stagesQuery, useChangeDeal } from "./queries.ts";
import { useMoveDeal } from "./useMoveDeal.tsx";

/** Everything known of a deal, each fact edited in place. */
export function DealFacts({ deal }: { deal: DealShown }) {
  const save = useSaveFact(deal);
  const facts = useDealFacts();
  const shown = { of: deal, read: readOf(deal), save };
  return (
    <>
      <Terms deal={deal} save={save} />
      <FactGroup title={t("Next step")}>
        <dl>
          <FactField fact={facts.nextStep} {...shown} />
          <FactField fact={facts.nextStepOn} {...shown} />
        </dl>
      </FactGroup>
      <DealPeople deal={deal} />
      <FactGroup title={t("More")}>
        <dl>
          <FactField fact={facts.description} {...shown} />
          {deal.is_closed && <FactField fact={deal.is_won ? facts.whyWon : facts.whyLost} {...shown} />}
          <OwnFields modality="opportunity" {...shown} />
        </dl>
      </FactGroup>
      <p className="soft small">
        {t("Added")} <Moment at={deal.created_at} />
      </p>
    </>
  );
}

const readOf =
  ({ id }: DealShown) =>
  () =>
    queries.fetchQuery({ ...dealQuery(id), staleTime: 0 });

type Part = { deal: DealShown; save: ReturnType<typeof useSaveFact> };

function Terms({ deal, save }: Part) {
  const facts = useDealFacts();
  const { data: stages = [] } = useQuery(stagesQuery);
  const { move, dialog } = useMoveDeal(deal);
  const shown = { of: deal, read: readOf(deal), save };
  return (
    <FactGroup title={t("About")}>
      <dl>
        <FactField fact={facts.name} {...shown} />
        <InlineField
          label={t("Stage")}
          kind="choice"
          value={deal.opportunity_stage_id}
          choices={stages.map(({ id, name }) => ({ value: id, label: name }))}
          onSave={(id) => {
            move(stages.find((stage) => stage.id === id));
            return undefined;
          }}
        />
        <FactField fact={facts.amount} {...shown} />
        <FactField fact={facts.currency} {...shown} />
        <FactField fact={facts.closes} {...shown} />
        <FactField fact={facts.probability} {...shown} />
        <FactField fact={facts.owner} {...shown} />
      </dl>
      {dialog}
    </FactGroup>
  );
}

function useSaveFact({ id }: DealShown) {
  const change = useChangeDeal();
  return (label: string, next: DealValues, before: DealValues) =>
    savedFact(
      label,
      async () => {
        const { opportunity } = await change.mutateAsync({ id, ...next });
        return { ...opportunity.custom_field_errors, ...opportunity.field_errors };
      },
      () => change.mutateAsync({ id, ...before }),
    );
}
