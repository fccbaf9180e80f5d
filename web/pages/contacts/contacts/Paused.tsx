import { Button } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { FactGroup } from "../../../parts/RecordPage.tsx";
import { exactly } from "../../../parts/when.ts";
import type { SaveFact } from "./ContactFacts.tsx";
import type { Contact } from "./queries.ts";
import { isPaused } from "./words.tsx";

/** The contact asked for a pause, or a user noted it; it ends by itself. */
export function Paused({ contact, save }: { contact: Contact; save: SaveFact }) {
  const { paused_until: until } = contact;
  if (!isPaused(until)) return null;
  return (
    <FactGroup title={t("Paused")}>
      <p className="small">
        {t("No emails until {until}. Then the sequences continue.", { until: exactly(until) })}
      </p>
      <Button
        size="xs"
        variant="default"
        onClick={() => void save(t("Pause"), { paused_until: null }, { paused_until: until })}
      >
        {t("End pause")}
      </Button>
    </FactGroup>
  );
}
