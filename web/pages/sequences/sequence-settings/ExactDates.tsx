import { Switch } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { currentTimeMs } from "../../../parts/current-time.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import { type Sequence, useSequenceWrite } from "../sequences/queries.ts";
import { underWay } from "../sequences/words.tsx";

/**
 * Steps with dates of their own. Switching it on gives every step the date it would have for a contact added tomorrow,
 * because a step without a date could not be saved.
 */
export function ExactDates({ sequence, mayEdit }: { sequence: Sequence; mayEdit: boolean }) {
  const [isAsking, setIsAsking] = useState(false);
  const isOn = sequence.sequence_by_exact_daytime === true;
  const { id } = sequence;
  const off = useSequenceWrite(() => api.sequences.change({ id, sequence_by_exact_daytime: false }));
  const on = useSequenceWrite(() => giveDates(id));
  const busy = on.isPending || off.isPending;
  const begin = () =>
    on.mutate(undefined, {
      onSuccess: () => {
        setIsAsking(false);
        toast(t("Each step now has its own date. Change the dates in Steps."), {
          undo: () => off.mutateAsync(undefined),
        });
      },
    });
  const people = underWay(sequence);
  return (
    <>
      <Switch
        label={t("Fixed date for each step")}
        description={t(
          "Each step has a date and time instead of a wait, for events, launches and deadlines.",
        )}
        checked={isOn}
        disabled={!mayEdit || busy}
        onChange={() => {
          if (isOn) off.mutate(undefined);
          else if (people > 0) setIsAsking(true);
          else begin();
        }}
      />
      {!isAsking && <Trouble error={on.error ?? off.error} doing="writing" />}
      {isAsking && (
        <Confirm
          title={t("Give each step its own date?")}
          verb={t("Set dates")}
          isBusy={on.isPending}
          error={on.error}
          onConfirm={begin}
          onClose={() => setIsAsking(false)}
        >
          <p>
            {t(
              "{people, plural, one {# contact} other {# contacts}} will get their next step on its date, however long they have waited.",
              { people },
            )}
          </p>
        </Confirm>
      )}
    </>
  );
}

const DAY_MS = 86_400_000;
const APART_MS = 60_000;

async function giveDates(id: string) {
  const tomorrow = new Date(currentTimeMs() + DAY_MS).toISOString();
  const [{ etag, emailer_steps }, { rehearsal }] = await Promise.all([
    api.sequences.show({ id }),
    api.rehearsals.dates({ id, starts_at: tomorrow }),
  ]);
  let last = Date.parse(tomorrow);
  const steps = emailer_steps.map((step, index) => {
    const due = rehearsal.steps[index]?.due_at;
    // Each after the one before, as the rule for dates has it.
    last = Math.max(last + APART_MS, due ? Date.parse(due) : 0);
    return { id: step.id, exact_datetime: step.exact_datetime ?? new Date(last).toISOString() };
  });
  return api.sequences.update(
    { id, sequence_by_exact_daytime: true, ...(steps.length > 0 && { emailer_steps: steps }) },
    { ifMatch: etag },
  );
}
