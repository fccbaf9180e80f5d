import { Skeleton } from "@mantine/core";
import { useIntersection } from "@mantine/hooks";
import {
  IconCheckbox,
  IconMail,
  IconMailDown,
  IconMessages,
  IconNote,
  IconPhone,
  IconPointFilled,
  type TablerIcon,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { AndMore, useOpenGroups } from "../../../parts/AndMore.tsx";
import { alike, type GroupedRow } from "../../../parts/alike.ts";
import { useLate } from "../../../parts/late.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useNames } from "../../sequences/enrolling/queries.ts";
import { type Of, type TimelineEntry, type TimelineKind, useTimeline } from "./queries.ts";
import classes from "./Timeline.module.css";

const KINDS: readonly { value: TimelineKind | "all"; label: string }[] = perLanguage(() => [
  { value: "all", label: t("All") },
  { value: "message", label: t("Emails") },
  { value: "incoming_mail", label: t("Replies") },
  { value: "call", label: t("Calls") },
  { value: "conversation", label: t("Conversations") },
  { value: "task", label: t("Tasks") },
  { value: "note", label: t("Notes") },
  { value: "event", label: t("Changes") },
]);

const ICONS: Record<TimelineKind, TablerIcon> = {
  message: IconMail,
  incoming_mail: IconMailDown,
  call: IconPhone,
  conversation: IconMessages,
  task: IconCheckbox,
  note: IconNote,
  event: IconPointFilled,
};

/** What happened, the latest first, and further back as one scrolls. */
export function Timeline({ of }: { of: Of }) {
  const [kind, setKind] = useState<TimelineKind | "all">("all");
  const told = useTimeline(of, kind === "all" ? null : kind);
  const pages = told.data?.pages.map(({ timeline }) => timeline);
  const end = useMoreAtTheEnd(told);
  return (
    <div className={classes.whole}>
      <div className={classes.kinds}>
        <Segmented
          size="xs"
          aria-label={t("Show")}
          data={[...KINDS]}
          value={kind}
          onChange={(next) => setKind(next as TimelineKind | "all")}
        />
      </div>
      <Trouble error={told.error} onRetry={() => void told.refetch()} />
      {told.isPending && <Waiting />}
      {pages?.every((lines) => lines.length === 0) && <p className="soft">{t("No history yet.")}</p>}
      <ol className={classes.lines}>
        {pages && <Lines lines={pages.flat()} isOfMany={!("contact" in of)} hasMore={told.hasNextPage} />}
      </ol>
      <div ref={end} className={classes.end}>
        {told.isFetchingNextPage && <span className="soft small">{t("Loading more …")}</span>}
      </div>
    </div>
  );
}

type LinesProps = { lines: readonly TimelineEntry[]; isOfMany: boolean; hasMore: boolean };

/** Of a company and of a deal, each says whose it was; what an event says has their name in it. What a batch did is one line. */
function Lines({ lines, isOfMany, hasMore }: LinesProps) {
  const groups = useOpenGroups();
  const rows = useMemo(
    () => alike(lines, isOfMany ? tellsOfMany : tellsOfOne, groups.open, hasMore),
    [lines, isOfMany, groups.open, hasMore],
  );
  const about = rows.filter(({ row: { kind } }) => isOfMany && kind !== "event");
  const names = useNames(about.flatMap(({ row: { contact_id } }) => contact_id ?? []));
  return rows.map((shown) => {
    const { kind, id, at, contact_id } = shown.row;
    return (
      <Line
        key={`${kind} ${id} ${contact_id} ${at}`}
        shown={shown}
        groups={groups}
        who={about.includes(shown) ? names?.get(contact_id ?? "") : undefined}
      />
    );
  });
}

const tellsOfOne = ({ kind, sentence }: TimelineEntry) => `${kind} ${sentence}`;

/** An event names the contact in its sentence; what it shares with the others is its kind, its actor and what it was done to. */
function tellsOfMany(line: TimelineEntry) {
  const { kind, type, user_id, data } = line;
  if (kind !== "event") return tellsOfOne(line);
  return JSON.stringify([type, user_id, data.label_id, data.sequence_id, data.to]);
}

type LineProps = {
  shown: GroupedRow<TimelineEntry>;
  groups: ReturnType<typeof useOpenGroups>;
  who: string | undefined;
};

function Line({ shown, groups, who }: LineProps) {
  const { row: line } = shown;
  const { kind, at, contact_id: id } = line;
  const Icon = ICONS[kind];
  return (
    <li className={classes.line} data-kind={kind}>
      <Icon size={kind === "event" ? "0.5rem" : "0.875rem"} stroke={1.75} aria-hidden />
      <span className={classes.sentence}>
        <Sentence line={line} />
        {who && id && (
          <>
            {" · "}
            <Link to="/contacts/$id" params={{ id }}>
              {who}
            </Link>
          </>
        )}
        <AndMore line={shown} groups={groups} />
      </span>
      <span className={classes.at}>
        <Moment at={at} />
      </span>
    </li>
  );
}

/** Leads to the email or the task itself. */
function Sentence({ line: { kind, id, sentence } }: { line: TimelineEntry }) {
  if (kind === "message")
    return (
      <Link to="/outbox" search={{ open: id, tab: "all" }} className={classes.leads}>
        {sentence}
      </Link>
    );
  if (kind === "incoming_mail")
    return (
      <Link to="/inbox" search={{ open: id, tab: "all" }} className={classes.leads}>
        {sentence}
      </Link>
    );
  if (kind === "task")
    return (
      <Link to="/tasks" search={{ open: id }} className={classes.leads}>
        {sentence}
      </Link>
    );
  return sentence;
}

type Told = ReturnType<typeof useTimeline>;

function useMoreAtTheEnd({ hasNextPage, isFetchingNextPage, fetchNextPage }: Told) {
  const { ref, entry } = useIntersection({ rootMargin: "400px" });
  const isNear = entry?.isIntersecting ?? false;
  useEffect(() => {
    if (isNear && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isNear, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return ref;
}

function Waiting() {
  const isLate = useLate(true);
  return (
    <div className={classes.waiting} aria-busy="true">
      {isLate && ["a", "b", "c", "d"].map((line) => <Skeleton key={line} height={10} width="70%" />)}
    </div>
  );
}
