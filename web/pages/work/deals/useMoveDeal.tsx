import type { ReactNode } from "react";
import { t } from "../../../language/t.ts";
import { ChangedElsewhere } from "../../../parts/read-first.ts";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { type Deal, type DealShown, type DealStage, useMoveToStage } from "./queries.ts";
import { useLostReason } from "./useLostReason.tsx";

type Movable = Pick<Deal, "id" | "name" | "opportunity_stage_id" | "closed_lost_reason">;

/** Moves a deal to a stage, says how it went, and offers the way back. Answers whether it was moved. */
export function useMovingOfDeals() {
  const change = useMoveToStage();
  const go = async (deal: Movable, to: DealStage, reason?: string) => {
    const { name, opportunity_stage_id: from } = deal;
    try {
      await change.mutateAsync({ deal, to: to.id, reason });
    } catch (error) {
      const moved = t("{name} was moved by another user in the meantime. It was left there.", { name });
      toast(error instanceof ChangedElsewhere ? moved : accountFor(error, "writing").happened);
      return false;
    }
    const undo = () =>
      change.mutateAsync({
        deal: { id: deal.id, opportunity_stage_id: to.id },
        to: from ?? "",
        ...(reason && { reason: deal.closed_lost_reason }),
      });
    toast(t("{name} moved to {name2}.", { name, name2: to.name }), { ...(from && { undo }) });
    return true;
  };
  return { go, isMoving: change.isPending };
}

/** Moves a deal to another stage; before it is lost, a user may say why. The dialog has to be drawn. */
export function useMoveDeal(deal: DealShown): {
  /** Answers whether it was moved. */
  move: (to: DealStage | undefined) => Promise<boolean>;
  isMoving: boolean;
  dialog: ReactNode;
} {
  const { go, isMoving } = useMovingOfDeals();
  const { ask, dialog } = useLostReason();
  const move = async (to: DealStage | undefined) => {
    if (!to || to.id === deal.opportunity_stage_id) return false;
    if (!to.is_closed || to.is_won) return go(deal, to);
    const reason = await ask(deal);
    return reason !== null && go(deal, to, reason);
  };
  return { move, isMoving, dialog };
}
