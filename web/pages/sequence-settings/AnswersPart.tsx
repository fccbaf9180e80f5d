import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Section } from "../../parts/Page.tsx";
import { rulesetsQuery } from "../rulesets/queries.ts";
import type { Rules } from "../rulesets/RuleField.tsx";
import { RuleFields } from "../rulesets/RuleFields.tsx";
import type { PartProps } from "./SettingsTab.tsx";

/** What follows from what people do: the ruleset, and where this sequence has a word of its own. */
export function AnswersPart({ values, change, mayEdit, rules }: PartProps & { rules: Rules }) {
  const { data: rulesets = [] } = useQuery(rulesetsQuery);
  const usual = rulesets.find((ruleset) => ruleset.default);
  return (
    <Section
      title="Rules"
      note={
        <>
          What follows from an answer, a click, an absence. A <a href="/settings/rulesets">ruleset</a> says it
          for many sequences; what is said here goes before it.
        </>
      }
    >
      <Select
        label="Ruleset"
        data={[
          { value: "", label: usual ? `The team's: ${usual.name}` : "The team's" },
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
