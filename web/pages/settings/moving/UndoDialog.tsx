import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { type TeamMove, useUndoMove } from "./queries.ts";
import { sourceWord } from "./words.ts";

export function UndoDialog({ move, onClose }: { move: TeamMove; onClose: () => void }) {
  const undo = useUndoMove();
  return (
    <Confirm
      title={t("Undo the move from {source}?", { source: sourceWord(move.source) })}
      verb={t("Undo")}
      isBusy={undo.isPending}
      error={undo.error}
      onConfirm={() => undo.mutate(move, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        {t(
          "Contacts, companies, deals, calls and notes that it created are deleted, its sequences are archived and its tasks skipped. What was here before stays, and so do stages, fields, lists and schedules.",
        )}
      </p>
    </Confirm>
  );
}
