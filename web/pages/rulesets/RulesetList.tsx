import { useQuery } from "@tanstack/react-query";
import type { Column } from "../../parts/DataTable.tsx";
import { count } from "../../parts/figures.ts";
import { SharedList } from "../../parts/SharedList.tsx";
import { type Ruleset, rulesetsQuery } from "./queries.ts";
import { RulesetDialog } from "./RulesetDialog.tsx";
import { sayRuleset } from "./words.ts";

/** What follows from answers, clicks and absences, said once for many sequences. */
export function RulesetList() {
  const rulesets = useQuery(rulesetsQuery);
  const usual = rulesets.data?.find((ruleset) => ruleset.default);
  return (
    <SharedList
      title="Rulesets"
      state="What follows from an answer, a click, an absence. A sequence without a ruleset of its own uses the default."
      verb="Add a ruleset"
      found={rulesets}
      columns={COLUMNS}
      dialog={(ruleset, onClose) => (
        <RulesetDialog key={ruleset?.id ?? "new"} ruleset={ruleset} usual={usual} onClose={onClose} />
      )}
    />
  );
}

const COLUMNS: Column<Ruleset>[] = [
  { header: "Says", width: "50%", cell: sayRuleset },
  { header: "Used by", cell: ({ num_sequences }) => count(num_sequences, "sequence") },
];
