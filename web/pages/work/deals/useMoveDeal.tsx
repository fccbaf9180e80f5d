import type { ReactNode } from "react";
import { t } from "../../../language/t.ts";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { type DealShown, type DealStage, useChangeDeal } from "./queries.ts";
import { useLostReason } from "./useLostReason.tsx";

/** Moves a deal to another stage; before it is lost, a user may say why. The dialog has to be drawn. */
export function useMoveDeal(deal: DealShown): {
  move: (to: DealStage | undefined) => void;
  isMoving: boolean;
  dialog: ReactNode;
} {
  const change = useChangeDeal();
  const { ask, dialog } = useLostReason();
  const { id, name, opportunity_stage_id: from } = deal;
  const go = (to: DealStage, reason?: string) =>
    change.mutate(
      { id, opportunity_stage_id: to.id, ...(reason && { closed_lost_reason: reason }) },
      {
        onSuccess: () =>
          toast(t("{name} moved to {name2}.", { name, name2: to.name }), {
            ...(from && {
              undo: () =>
                change.mutateAsync({
                  id,
                  opportunity_stage_id: from,
                  ...(reason && { closed_lost_reason: deal.closed_lost_reason }),
                }),
            }),
          }),
        onError: (error) => toast(accountFor(error, "writing").happened),
      },
    );
  const move = async (to: DealStage | undefined) => {
    if (!to || to.id === from) return;
    if (!to.is_closed || to.is_won) return go(to);
    const reason = await ask(deal);
    if (reason !== null) go(to, reason);
  };
  return { move: (to) => void move(to), isMoving: change.isPending, dialog };
}
