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
import { useEffect, useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
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
        {pages?.map((lines, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a page has no other name than its place
          <Lines key={n} lines={lines} isOfMany={!("contact" in of)} />
        ))}
      </ol>
      <div ref={end} className={classes.end}>
        {told.isFetchingNextPage && <span className="soft small">{t("Loading more …")}</span>}
      </div>
    </div>
  );
}

/** Of a company and of a deal, each says whose it was; what an event says has their name in it. */
function Lines({ lines, isOfMany }: { lines: readonly TimelineEntry[]; isOfMany: boolean }) {
  const about = lines.filter(({ kind }) => isOfMany && kind !== "event");
  const names = useNames(about.flatMap(({ contact_id }) => contact_id ?? []));
  return lines.map((line) => (
    <Line
      key={`${line.kind} ${line.id} ${line.at}`}
      line={line}
      who={about.includes(line) ? names?.get(line.contact_id ?? "") : undefined}
    />
  ));
}

type LineProps = { line: TimelineEntry; who: string | undefined };

function Line({ line, who }: LineProps) {
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
