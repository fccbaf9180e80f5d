import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { FactField } from "../../../parts/facts/FactField.tsx";
import type { FactSource } from "../../../parts/facts/save-fact.ts";
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
  const facts = useDealFacts();
  const shown = { of: deal, source: useDealSource(deal) };
  return (
    <>
      <Terms {...shown} />
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

type DealSource = FactSource<DealShown, DealValues>;

function Terms({ of: deal, source }: { of: DealShown; source: DealSource }) {
  const facts = useDealFacts();
  const { data: stages = [] } = useQuery(stagesQuery);
  const { move, dialog } = useMoveDeal(deal);
  const shown = { of: deal, source };
  return (
    <FactGroup title={t("About")}>
      <dl>
        <FactField fact={facts.name} {...shown} />
        <InlineField
          label={t("Stage")}
          kind="choice"
          value={deal.opportunity_stage_id}
          choices={stages.map(({ id, name }) => ({ value: id, label: name }))}
          onSave={async (id) => ((await move(stages.find((stage) => stage.id === id))) ? null : "")}
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

function useDealSource({ id }: DealShown): DealSource {
  const change = useChangeDeal();
  return {
    read: () => queries.fetchQuery({ ...dealQuery(id), staleTime: 0 }),
    write: async (values, given) => {
      const { opportunity } = await change.mutateAsync({ ...values, id, ...given });
      return { ...opportunity.custom_field_errors, ...opportunity.field_errors };
    },
  };
}
