import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { LOAD_DAYS, type Load, topOf } from "./loads.ts";
import classes from "./MailboxLoad.module.css";

const SHORT = dateFormat({ weekday: "short", day: "numeric", month: "short" });
const dayName = (day: string) => SHORT.format(new Date(`${day}T12:00:00`));
const MOST = 8;

type Props = { loads: readonly Load[]; nameOf: (mailboxId: string) => string };

/** The coming days of each mailbox as bars, with its daily limit as a line. */
export function MailboxLoad({ loads, nameOf }: Props) {
  const [isWhole, setIsWhole] = useState(false);
  if (loads.length === 0) return null;
  return (
    <Section
      title={t("Load of mailboxes")}
      note={t("Emails per day in the next {days} days. The line is the daily limit.", { days: LOAD_DAYS })}
    >
      <ul className={classes.list}>
        {(isWhole ? loads : loads.slice(0, MOST)).map((load) => (
          <li key={load.id} className={classes.mailbox}>
            <Name id={load.id} name={nameOf(load.id)} />
            <Bars load={load} name={nameOf(load.id)} />
            <span className="soft small">{saysOf(load)}</span>
          </li>
        ))}
      </ul>
      {loads.length > MOST && !isWhole && (
        <div>
          <Button variant="default" onClick={() => setIsWhole(true)}>
            {t("All {mailboxes} mailboxes", { mailboxes: loads.length })}
          </Button>
        </div>
      )}
    </Section>
  );
}

/** To what waits in the outbox of the mailbox. */
function Name({ id, name }: { id: string; name: string }) {
  if (id.startsWith("new-")) return <span className={classes.name}>{name}</span>;
  return (
    <Link to="/outbox" search={{ owner: "all", mailbox: id }} className={classes.name}>
      {name}
    </Link>
  );
}

function Bars({ load, name }: { load: Load; name: string }) {
  const top = topOf(load);
  const share = (n: number) => `${(100 * n) / top}%`;
  const label = t("{name}: {list}", {
    name,
    list: load.days
      .filter(({ sends }) => sends > 0)
      .map(({ day, sends }) => `${dayName(day)}: ${sends}`)
      .join("; "),
  });
  return (
    <div className={classes.bars} role="img" aria-label={label}>
      {load.limit !== null && <span className={classes.limit} style={{ bottom: share(load.limit) }} />}
      {load.days.map(({ day, sends }) => (
        <span key={day} className={classes.day} title={t("{day}: {sends}", { day: dayName(day), sends })}>
          <span
            className={classes.bar}
            data-full={load.limit !== null && sends >= load.limit}
            style={{ height: share(sends) }}
          />
        </span>
      ))}
    </div>
  );
}

function saysOf({ busiest, limit, days }: Load) {
  const { sends } = busiest;
  if (sends === 0) return t("No emails in these days");
  const day = dayName(busiest.day);
  if (limit === null) return t("Most on {day}: {sends}. No daily limit.", { day, sends });
  const full = days.filter((one) => one.sends >= limit).length;
  if (full === 0) return t("Most on {day}: {sends} of {limit}", { day, sends, limit });
  return t("At the limit of {limit} on {full, plural, one {# day} other {# days}}", { limit, full });
}
