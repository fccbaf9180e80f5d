import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { rulesetsQuery } from "../../settings/rulesets/queries.ts";
import type { Rules } from "../../settings/rulesets/RuleField.tsx";
import { RuleFields } from "../../settings/rulesets/RuleFields.tsx";
import type { PartProps } from "./SettingsTab.tsx";

/** What follows from what people do: the ruleset, and where this sequence has a word of its own. */
export function AnswersPart({ values, change, mayEdit, rules }: PartProps & { rules: Rules }) {
  const { data: rulesets = [] } = useQuery(rulesetsQuery);
  const usual = rulesets.find((ruleset) => ruleset.default);
  return (
    <Section
      title={t("Rules")}
      note={
        <Trans
          text="What happens after a reply, a click or an out-of-office message. A <link>ruleset</link> sets this for many sequences. Settings here override it."
          tags={{ link: (inside) => <a href="/settings/rulesets">{inside}</a> }}
        />
      }
    >
      <Select
        label={t("Ruleset")}
        data={[
          { value: "", label: usual ? t("Team default: {name}", { name: usual.name }) : t("Team default") },
          ...rulesets.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={values.sequence_ruleset_id ?? ""}
        disabled={!mayEdit}
        onChange={(id) => change({ sequence_ruleset_id: id || null })}
      />
      <RuleFields values={values} change={change} rules={rules} isReadOnly={!mayEdit} />
    </Section>
  );
}
