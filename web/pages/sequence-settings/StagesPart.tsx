import { MultiSelect } from "@mantine/core";
import { Section } from "../../parts/Page.tsx";
import { StageMoves } from "../rulesets/StageMoves.tsx";
import { useStages } from "../stages/queries.ts";
import type { PartProps } from "./SettingsTab.tsx";

/** Who is left alone because of their stage, and what moves whom to which. */
export function StagesPart({ values, change, mayEdit }: PartProps) {
  const contacts = useStages("contact").data ?? [];
  const accounts = useStages("account").data ?? [];
  const choices = (stages: readonly { id: string; name: string }[]) =>
    stages.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Section
      title="Stages"
      note="Whoever is in a stage that is left out gets no mail from this sequence, also when they come to it later."
    >
      <MultiSelect
        label="Leave out contacts in"
        data={choices(contacts)}
        value={values.excluded_contact_stage_ids}
        disabled={!mayEdit}
        searchable
        onChange={(ids) => change({ excluded_contact_stage_ids: ids })}
      />
      <MultiSelect
        label="Leave out people of companies in"
        data={choices(accounts)}
        value={values.excluded_account_stage_ids}
        disabled={!mayEdit}
        searchable
        onChange={(ids) => change({ excluded_account_stage_ids: ids })}
      />
      <StageMoves
        mapping={values.contact_email_event_to_stage_mapping}
        silent="Stage as the ruleset has it"
        isReadOnly={!mayEdit}
        onChange={(mapping) => change({ contact_email_event_to_stage_mapping: mapping })}
      />
    </Section>
  );
}
