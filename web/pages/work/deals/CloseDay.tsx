import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { dayOf } from "../../../parts/when.ts";
import classes from "./Board.module.css";
import type { Deal } from "./queries.ts";

const A_DAY = 86_400_000;

type Props = { deal: Pick<Deal, "is_closed" | "closed_date" | "actual_close_date"> };

/** The day it is to close, in red where it has passed; of a closed deal, the day it was closed. */
export function CloseDay({ deal }: Props) {
  const now = currentTime();
  const day = (deal.is_closed ? deal.actual_close_date : null) ?? deal.closed_date;
  if (!day) return null;
  const isLate = isOverdue(deal, now);
  return (
    <span
      className={isLate ? classes.late : undefined}
      title={deal.is_closed ? undefined : isLate ? t("Planned close date, overdue") : t("Planned close date")}
    >
      {deal.is_closed ? t("Closed {day}", { day: dayOf(day, now) }) : dayOf(day, now)}
    </span>
  );
}

export function isOverdue({ is_closed, closed_date }: Props["deal"], now: Date) {
  return !is_closed && closed_date !== null && Date.parse(closed_date) < now.getTime() - A_DAY;
}
