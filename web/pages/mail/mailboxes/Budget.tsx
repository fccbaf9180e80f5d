import { Progress, Tooltip } from "@mantine/core";
import { t } from "../../../language/t.ts";
import classes from "./Budget.module.css";
import type { MailboxStanding } from "./queries.ts";
import { sayBudget } from "./words.tsx";

/** Today's budget: sent in the last 24 hours, planned for the next, and what is left of the limit. */
export function Budget({ standing }: { standing: MailboxStanding | undefined }) {
  if (!standing) return <span className="soft">–</span>;
  const {
    sent_last_day: sent,
    sent_elsewhere_last_day: elsewhere,
    limit_today: limit,
    ramp,
  } = standing.sending;
  const planned = standing.planned_next_day;
  const whole = Math.max(limit ?? sent + planned, sent + planned, 1);
  const share = (count: number) => (100 * count) / whole;
  return (
    <Tooltip label={sayBudget(standing)} multiline maw={320}>
      <span className={classes.budget}>
        <Progress.Root size="sm" aria-hidden>
          <Progress.Section value={share(sent)} color="var(--accent)" />
          <Progress.Section
            value={share(planned)}
            color="var(--accent)"
            striped
            className={classes.planned}
          />
        </Progress.Root>
        <span className={classes.words} data-figures>
          {limit === null ? t("{sent} sent, no limit", { sent }) : t("{sent} of {limit}", { sent, limit })}
          {ramp && <> {t("(ramp: {ramp})", { ramp })}</>}
          {elsewhere > 0 && <> {t("({elsewhere, number} with other programs)", { elsewhere })}</>}
          {planned > 0 && t(", {planned} in the next 24 hours", { planned })}
        </span>
      </span>
    </Tooltip>
  );
}
