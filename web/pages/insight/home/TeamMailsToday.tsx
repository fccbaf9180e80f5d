import { IconUsersGroup } from "@tabler/icons-react";
import { listFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { figure } from "../../../parts/figures.ts";
import { endOfToday } from "../../../parts/when.ts";
import { useMe } from "../../../session.ts";
import classes from "./NeedsYou.module.css";
import { Line, many } from "./NeedsYou.tsx";
import type { Today } from "./queries.ts";
import type { TodayCounts } from "./waiting.ts";

type Props = { today: Today; mails: TodayCounts["mails"] };

/** For admins: the day of the whole team in one line, where there is more than the user's own mailboxes. */
export function TeamMailsToday({ today, mails }: Props) {
  const { user } = useMe();
  if (today.mailboxes.every(({ user_id }) => user_id === user.id)) return null;
  const sent = today.days.at(-1)?.sent ?? 0;
  return (
    <section aria-label={t("The team today")}>
      <ul className={classes.list}>
        <Line
          icon={IconUsersGroup}
          isBad={mails.failed + mails.unconfirmed > 0}
          says={t("Whole team today: {sent} sent, {waiting} still scheduled", {
            sent: figure(sent),
            waiting: many(mails.due_today).number,
          })}
          detail={sayProblems(mails)}
          verb={t("Open the team's outbox")}
          to="/outbox"
          search={{ owner: "all", until: endOfToday(currentTime()).toISOString() }}
        />
      </ul>
    </section>
  );
}

function sayProblems({ held, unconfirmed, failed }: TodayCounts["mails"]) {
  const said = [
    held > 0 && t("{held, number} on hold", { held }),
    unconfirmed > 0 && t("{unconfirmed, number} without confirmed delivery", { unconfirmed }),
    failed > 0 && t("{failed, number} not sent in the last 14 days", { failed }),
  ].filter((one) => typeof one === "string");
  return said.length === 0 ? t("No problems.") : `${listFormat().format(said)}.`;
}
