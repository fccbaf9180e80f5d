import {
  IconAlertTriangle,
  IconCalendarEvent,
  IconChecklist,
  IconCoin,
  IconFlag,
  IconMailCheck,
  IconMailOff,
  IconMessage,
  IconUserOff,
  IconUserPlus,
  type TablerIcon,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { figure } from "../../../parts/figures.ts";
import { dayAndTime } from "../../../parts/when.ts";
import { sayGroup, sayNews, saySince } from "./news-words.ts";
import type { News, NewsLine } from "./queries.ts";
import classes from "./SinceLastDay.module.css";

const ICONS: Record<NewsLine["kind"], TablerIcon> = {
  replies: IconMessage,
  meetings: IconCalendarEvent,
  bounces: IconMailOff,
  opt_outs: IconUserOff,
  finished: IconFlag,
  added: IconUserPlus,
  deals_won: IconCoin,
  deals_lost: IconCoin,
  deals_moved: IconCoin,
  tasks_completed: IconChecklist,
  tasks_assigned: IconChecklist,
  mailboxes_lost: IconAlertTriangle,
  mailboxes_back: IconMailCheck,
};

/** What happened since the previous working day; each line opens the records that it counts. */
export function SinceLastDay({ news }: { news: News }) {
  if (news.lines.length === 0) return null;
  const now = currentTime();
  return (
    <section className={classes.part} aria-labelledby="news">
      <div className={classes.top}>
        <h2 id="news" className={classes.title}>
          {saySince(news.since, now)}
        </h2>
        <span className="soft small">{t("From {time}", { time: dayAndTime(news.since, now) })}</span>
      </div>
      <ul className={classes.list}>
        {news.lines.map((line) => (
          <li key={`${line.kind} ${line.group}`}>
            <NewsEntry line={line} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function NewsEntry({ line }: { line: NewsLine }) {
  const { kind, group, count } = line;
  const Icon = ICONS[kind];
  const detail = sayGroup(line);
  return (
    <Link
      to="/"
      search={{ kind: `news:${kind}`, about: group ?? undefined }}
      className={classes.line}
      data-walk
    >
      <Icon size="1.125rem" stroke={1.75} aria-hidden className={classes.sign} />
      <span className={classes.words}>
        {sayNews(kind)}
        {detail && <span className="soft small">{detail}</span>}
      </span>
      <span className={classes.count} data-figures>
        {figure(count)}
      </span>
    </Link>
  );
}
