import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import { FixDialog } from "./FixDialog.tsx";
import { type Answered, callFix, countOf, reverseOf, warningOf } from "./fixing.ts";
import type { Hold, HoldFix } from "./queries.ts";

/**
 * One click fixes it. A fix that touches many contacts or sends mail at once says what happens and asks for a second click.
 */
export function FixButton({ hold, fix }: { hold: Hold; fix: HoldFix }) {
  const [isAsking, setIsAsking] = useState(false);
  const warning = warningOf(fix, hold);
  const mend = useMend(hold, fix, () => setIsAsking(false));
  return (
    <div className="stack">
      <div>
        <Button
          variant="default"
          loading={mend.isPending && !isAsking}
          onClick={() => (warning === null ? mend.mutate() : setIsAsking(true))}
        >
          {fix.label}
          {warning !== null && " …"}
        </Button>
      </div>
      {!isAsking && <Trouble error={mend.error} doing="writing" />}
      {isAsking && <FixDialog fix={fix} warning={warning} mend={mend} onClose={() => setIsAsking(false)} />}
    </div>
  );
}

export type Mending = ReturnType<typeof useMend>;

function useMend(hold: Hold, fix: HoldFix, onDone: () => void) {
  const queries = useQueryClient();
  const lookAgain = () => queries.invalidateQueries(); // a fix may reach any noun, and is rare
  return useMutation({
    mutationFn: () => callFix(fix),
    onSuccess: async (answered) => {
      onDone();
      const undo = undoOf(fix, hold, answered);
      toast(outcomeOf(fix, answered), {
        ...(undo && {
          undo: async () => {
            await undo();
            await lookAgain();
          },
        }),
      });
      await lookAgain();
    },
  });
}

/** Meanwhile the contact may have changed: what was not done must not look done. */
function outcomeOf(fix: HoldFix, answered: Answered) {
  const label = fix.label.charAt(0).toLowerCase() + fix.label.slice(1);
  if (countOf(answered)?.going !== 0) return t("Done: {label}.", { label });
  return t("Not done: {label}. Nothing has changed.", { label });
}

function undoOf(fix: HoldFix, hold: Hold, { change }: Answered) {
  if (change?.undo_until) return () => api.changes.undo({ id: change.id });
  const reverse = reverseOf(fix, hold);
  return reverse && (() => callFix(reverse));
}
