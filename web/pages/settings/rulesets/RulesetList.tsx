import { useQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { Column } from "../../../parts/DataTable.tsx";
import { SharedList } from "../../../parts/SharedList.tsx";
import { type Ruleset, rulesetsQuery } from "./queries.ts";
import { RulesetDialog } from "./RulesetDialog.tsx";
import { sayRuleset } from "./words.ts";

/** What follows from answers, clicks and absences, said once for many sequences. */
export function RulesetList() {
  const rulesets = useQuery(rulesetsQuery);
  const usual = rulesets.data?.find((ruleset) => ruleset.default);
  return (
    <SharedList
      title={t("Rulesets")}
      state={t(
        "What happens after a reply, a click or an out-of-office message. Sequences without a ruleset use the default.",
      )}
      verb={t("Add a ruleset")}
      found={rulesets}
      columns={COLUMNS}
      dialog={(ruleset, onClose) => (
        <RulesetDialog key={ruleset?.id ?? "new"} ruleset={ruleset} usual={usual} onClose={onClose} />
      )}
    />
  );
}

const COLUMNS: Column<Ruleset>[] = perLanguage(() => [
  { header: t("Rules"), width: "50%", cell: sayRuleset },
  {
    header: t("Used by"),
    cell: ({ num_sequences }) =>
      t("{num_sequences, plural, one {# sequence} other {# sequences}}", { num_sequences }),
  },
]);
