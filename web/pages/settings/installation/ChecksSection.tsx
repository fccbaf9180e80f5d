import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Facts } from "../../../parts/Facts.tsx";
import { Section } from "../../../parts/Page.tsx";
import { State } from "../../../parts/State.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { checksQuery } from "./queries.ts";

const KINDS = { well: "good", unsure: "waiting", trouble: "bad" } as const;

/** What the alert rules watch, in words. The same as `cadenza doctor`. */
export function ChecksSection() {
  const { data: checks = [], error, refetch } = useQuery(checksQuery);
  return (
    <Section title={t("Checks")} note={t("Of all teams on this server. Checked again every minute.")}>
      {error ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : (
        <Facts
          facts={checks.map(({ code, name, verdict, says, todo }) => [
            name,
            <State key={code} kind={KINDS[verdict]} isSentence>
              {todo === null ? says : `${says} ${todo}`}
            </State>,
          ])}
        />
      )}
    </Section>
  );
}
