import { type ReactNode, useState } from "react";
import { t } from "../../../language/t.ts";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { LostDialog } from "./LostDialog.tsx";
import { type DealShown, type DealStage, useChangeDeal } from "./queries.ts";

/** Moves a deal to another stage; before it is lost, a user may say why. The dialog has to be drawn. */
export function useMoveDeal(deal: DealShown): {
  move: (to: DealStage | undefined) => void;
  isMoving: boolean;
  dialog: ReactNode;
} {
  const change = useChangeDeal();
  const [losing, setLosing] = useState<DealStage | null>(null);
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
  const move = (to: DealStage | undefined) => {
    if (!to || to.id === from) return;
    if (to.is_closed && !to.is_won) setLosing(to);
    else go(to);
  };
  return {
    move,
    isMoving: change.isPending,
    dialog: losing && (
      <LostDialog
        deal={deal}
        onClose={() => setLosing(null)}
        onLost={(reason) => {
          setLosing(null);
          go(losing, reason);
        }}
      />
    ),
  };
}
