import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useState } from "react";
import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import type { DayWish } from "../../mail/mails/day-queries.ts";
import { LOAD_DAYS, type Load, topOf } from "./loads.ts";
import classes from "./MailboxLoad.module.css";

const SHORT = dateFormat({ weekday: "short", day: "numeric", month: "short" });
const dayName = (day: string) => SHORT.format(new Date(`${day}T12:00:00`));
const MOST = 8;

type Open = (wish: DayWish, count: number) => void;
type Props = { loads: readonly Load[]; nameOf: (mailboxId: string) => string; onOpen: Open };

/** The coming days of each mailbox as bars, with its daily limit as a line. */
export function MailboxLoad({ loads, nameOf, onOpen }: Props) {
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
            <Bars load={load} name={nameOf(load.id)} onOpen={onOpen} />
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

/** A mailbox that the forecast supposes: nothing is planned in it. */
const isSupposed = (id: string) => id.startsWith("new-");

/** To what waits in the outbox of the mailbox. */
function Name({ id, name }: { id: string; name: string }) {
  if (isSupposed(id)) return <span className={classes.name}>{name}</span>;
  return (
    <Link to="/outbox" search={{ owner: "all", mailbox: id }} className={classes.name}>
      {name}
    </Link>
  );
}

function Bars({ load, name, onOpen }: { load: Load; name: string; onOpen: Open }) {
  const top = topOf(load);
  const share = (n: number) => `${(100 * n) / top}%`;
  return (
    <fieldset className={classes.bars} aria-label={name} onKeyDown={alongBars}>
      {load.limit !== null && <span className={classes.limit} style={{ bottom: share(load.limit) }} />}
      {load.days.map(({ day, sends }) => {
        const says = t("{day}: {sends}", { day: dayName(day), sends });
        return (
          <button
            key={day}
            type="button"
            className={classes.day}
            title={says}
            aria-label={says}
            disabled={sends === 0 || isSupposed(load.id)}
            tabIndex={day === load.busiest.day ? 0 : -1}
            onClick={() => onOpen({ what: "planned", date: day, mailboxIds: [load.id] }, sends)}
          >
            <span
              className={classes.bar}
              data-full={load.limit !== null && sends >= load.limit}
              style={{ height: share(sends) }}
            />
          </button>
        );
      })}
    </fieldset>
  );
}

/** One stop for Tab, as many bars as there are: the arrow keys go from one to the next that can be opened. */
function alongBars({ key, target, currentTarget }: KeyboardEvent<HTMLElement>) {
  if (key !== "ArrowLeft" && key !== "ArrowRight") return;
  const bars = [...currentTarget.querySelectorAll<HTMLButtonElement>("button:enabled")];
  const at = bars.indexOf(target as HTMLButtonElement);
  bars[at + (key === "ArrowLeft" ? -1 : 1)]?.focus();
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
