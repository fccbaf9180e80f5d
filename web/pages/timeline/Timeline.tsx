import { Skeleton } from "@mantine/core";
import { useIntersection } from "@mantine/hooks";
import {
  IconCheckbox,
  IconMail,
  IconMailDown,
  IconNote,
  IconPhone,
  IconPointFilled,
  type TablerIcon,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useLate } from "../../parts/late.ts";
import { Moment } from "../../parts/Moment.tsx";
import { Segmented } from "../../parts/Segmented.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { useNames } from "../enrolling/queries.ts";
import { type Happened, type Kind, type Of, useTimeline } from "./queries.ts";
import classes from "./Timeline.module.css";

const KINDS: readonly { value: Kind | "all"; label: string }[] = [
  { value: "all", label: "All" },
  { value: "message", label: "Mails" },
  { value: "incoming_mail", label: "Answers" },
  { value: "call", label: "Calls" },
  { value: "task", label: "Tasks" },
  { value: "note", label: "Notes" },
  { value: "event", label: "Changes" },
];

const ICONS: Record<Kind, TablerIcon> = {
  message: IconMail,
  incoming_mail: IconMailDown,
  call: IconPhone,
  task: IconCheckbox,
  note: IconNote,
  event: IconPointFilled,
};

/** What happened, the latest first, and further back as one scrolls. */
export function Timeline({ of }: { of: Of }) {
  const [kind, setKind] = useState<Kind | "all">("all");
  const told = useTimeline(of, kind === "all" ? null : kind);
  const pages = told.data?.pages.map(({ timeline }) => timeline);
  const end = useMoreAtTheEnd(told);
  return (
    <div className={classes.whole}>
      <div className={classes.kinds}>
        <Segmented
          size="xs"
          aria-label="What is shown"
          data={[...KINDS]}
          value={kind}
          onChange={(next) => setKind(next as Kind | "all")}
        />
      </div>
      <Trouble error={told.error} onRetry={() => void told.refetch()} />
      {told.isPending && <Waiting />}
      {pages?.every((lines) => lines.length === 0) && <p className="soft">Nothing yet.</p>}
      <ol className={classes.lines}>
        {pages?.map((lines, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a page has no other name than its place
          <Lines key={n} lines={lines} isOfMany={"account" in of} />
        ))}
      </ol>
      <div ref={end} className={classes.end}>
        {told.isFetchingNextPage && <span className="soft small">Further back …</span>}
      </div>
    </div>
  );
}

/** Of a company, each says whose it was; what an event says has their name in it. */
function Lines({ lines, isOfMany }: { lines: readonly Happened[]; isOfMany: boolean }) {
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

type LineProps = { line: Happened; who: string | undefined };

function Line({ line: { kind, sentence, at, contact_id: id }, who }: LineProps) {
  const Icon = ICONS[kind];
  return (
    <li className={classes.line} data-kind={kind}>
      <Icon size={kind === "event" ? "0.5rem" : "0.875rem"} stroke={1.75} aria-hidden />
      <span className={classes.sentence}>
        {sentence}
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
