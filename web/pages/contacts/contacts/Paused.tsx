import { Button } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { factNotSent } from "../../../parts/fact-saved.ts";
import { type Fact, orNull } from "../../../parts/facts/fact.ts";
import { saveFact } from "../../../parts/facts/save-fact.ts";
import { FactGroup } from "../../../parts/RecordPage.tsx";
import { exactly } from "../../../parts/when.ts";
import type { ContactSource } from "./ContactFacts.tsx";
import type { ContactValues } from "./contact-facts.ts";
import type { Contact } from "./queries.ts";
import { isPaused } from "./words.tsx";

const PAUSE = (): Fact<Contact, ContactValues> => ({
  label: t("Pause"),
  input: ({ paused_until }) => ({ value: paused_until ?? "" }),
  change: (value) => ({ paused_until: orNull(value) }),
});

/** The contact asked for a pause, or a user noted it; it ends by itself. */
export function Paused({ contact, source }: { contact: Contact; source: ContactSource }) {
  const { paused_until: until } = contact;
  if (!isPaused(until)) return null;
  const end = async () => {
    const why = await saveFact(PAUSE(), source, null, until);
    if (why)
      factNotSent(typeof why === "string" ? why : t("Another user saved something else in the meantime."));
  };
  return (
    <FactGroup title={t("Paused")}>
      <p className="small">
        {t("No emails until {until}. Then the sequences continue.", { until: exactly(until) })}
      </p>
      <Button size="xs" variant="default" onClick={() => void end()}>
        {t("End pause")}
      </Button>
    </FactGroup>
  );
}
