import { MultiSelect } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { StageMoves } from "../../settings/rulesets/StageMoves.tsx";
import { useStages } from "../../settings/stages/queries.ts";
import type { PartProps } from "./SettingsTab.tsx";

/** Who is left alone because of their stage, and what moves whom to which. */
export function StagesPart({ values, change, mayEdit }: PartProps) {
  const contacts = useStages("contact").data ?? [];
  const accounts = useStages("account").data ?? [];
  const choices = (stages: readonly { id: string; name: string }[]) =>
    stages.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Section
      title={t("Stages")}
      note={t(
        "Contacts in an excluded stage get no email from this sequence, even if they move there later.",
      )}
    >
      <MultiSelect
        label={t("Excluded contact stages")}
        data={choices(contacts)}
        value={values.excluded_contact_stage_ids}
        disabled={!mayEdit}
        searchable
        onChange={(ids) => change({ excluded_contact_stage_ids: ids })}
      />
      <MultiSelect
        label={t("Excluded company stages")}
        data={choices(accounts)}
        value={values.excluded_account_stage_ids}
        disabled={!mayEdit}
        searchable
        onChange={(ids) => change({ excluded_account_stage_ids: ids })}
      />
      <StageMoves
        mapping={values.contact_email_event_to_stage_mapping}
        silent={t("Stage from the ruleset")}
        isReadOnly={!mayEdit}
        onChange={(mapping) => change({ contact_email_event_to_stage_mapping: mapping })}
      />
    </Section>
  );
}
