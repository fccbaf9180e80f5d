import { Button } from "@mantine/core";
import { FactGroup } from "../../parts/RecordPage.tsx";
import { exactly } from "../../parts/when.ts";
import type { SaveFact } from "./ContactFacts.tsx";
import type { Contact } from "./queries.ts";
import { isPaused } from "./words.tsx";

/** They asked not to be written to for a while, or somebody noted it; over by itself. */
export function Paused({ contact, save }: { contact: Contact; save: SaveFact }) {
  const { paused_until: until } = contact;
  if (!isPaused(until)) return null;
  return (
    <FactGroup title="Paused">
      <p className="small">Nobody writes to them until {exactly(until)}. After that everything goes on.</p>
      <Button
        size="xs"
        variant="default"
        onClick={() => void save("Pause", { paused_until: null }, { paused_until: until })}
      >
        Lift the pause
      </Button>
    </FactGroup>
  );
}
