import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { type DealShown, stagesQuery } from "./queries.ts";
import classes from "./StagePath.module.css";
import { useMoveDeal } from "./useMoveDeal.tsx";

/** The stages as a path: how far the deal has come, and a click to where it goes next. */
export function StagePath({ deal }: { deal: DealShown }) {
  const { data: stages = [] } = useQuery(stagesQuery);
  const { move, isMoving, dialog } = useMoveDeal(deal);
  const at = stages.findIndex(({ id }) => id === deal.opportunity_stage_id);
  const here = stages[at];
  return (
    <nav aria-label={t("Stage of the deal")}>
      <ol className={classes.path}>
        {stages.map((stage, index) => (
          <li key={stage.id}>
            <button
              type="button"
              className={classes.stage}
              data-passed={(!stage.is_closed && index < at) || undefined}
              data-end={stage.is_closed ? (stage.is_won ? "won" : "lost") : undefined}
              aria-current={stage === here ? "step" : undefined}
              disabled={isMoving}
              onClick={() => void move(stage)}
            >
              {stage.name}
            </button>
          </li>
        ))}
      </ol>
      {dialog}
    </nav>
  );
}
