import { Button } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { AndMore, useOpenGroups } from "../../../parts/AndMore.tsx";
import { useAddress } from "../../../parts/address.ts";
import { alike, type GroupedRow } from "../../../parts/alike.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { usePageScroller } from "../../../parts/records/usePageScroller.ts";
import { Told } from "../../../parts/Told.tsx";
import { writeSubject } from "../../insight/explain/subject.ts";
import { causeWords } from "../../insight/explain/words.ts";
import classes from "./ActivityTab.module.css";
import type { Happening } from "./queries.ts";

/** Lines from the end of those that are known at which the next are asked for. */
const NEAR_THE_END = 15;
const USUAL_HEIGHT = 44;

type Props = { lines: readonly Happening[]; hasMore: boolean; askForMore: (() => void) | null };

/** What one act did to many contacts is one line. */
const tells = ({ event, actor, cause }: Happening) =>
  [event, actor.user_id, actor.api_key_id, cause].join(" ");

/** Only what is in view is drawn; further back is asked for as one scrolls, to the beginning. */
export function FeedLines({ lines: all, hasMore, askForMore }: Props) {
  const groups = useOpenGroups();
  const lines = useMemo(() => alike(all, tells, groups.open, hasMore), [all, hasMore, groups.open]);
  const list = useRef<HTMLUListElement>(null);
  const { scroller, margin } = usePageScroller(list);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller,
    estimateSize: () => USUAL_HEIGHT,
    getItemKey: (index) => lines[index]?.row.id ?? index,
    overscan: 8,
    scrollMargin: margin,
  });
  const items = virtual.getVirtualItems();
  const isNear = (items.at(-1)?.index ?? 0) >= lines.length - NEAR_THE_END;
  useEffect(() => {
    if (isNear) askForMore?.();
  }, [isNear, askForMore]);
  return (
    <ul ref={list} className={classes.feed} style={{ height: virtual.getTotalSize() }}>
      {items.map(({ index, start }) => {
        const line = lines[index];
        if (!line) return null;
        const { row } = line;
        const day = dayOf(row.at);
        const before = lines[index - 1]?.row;
        return (
          <li
            key={row.id}
            ref={virtual.measureElement}
            data-index={index}
            className={classes.happening}
            style={{ transform: `translateY(${start - margin}px)` }}
          >
            {(!before || dayOf(before.at) !== day) && <h3 className={classes.date}>{day}</h3>}
            <Line line={line} groups={groups} />
          </li>
        );
      })}
    </ul>
  );
}

function Line({
  line: shown,
  groups,
}: {
  line: GroupedRow<Happening>;
  groups: ReturnType<typeof useOpenGroups>;
}) {
  const [, change] = useAddress();
  const { row: line } = shown;
  const { contact } = line;
  return (
    <div className={classes.line}>
      <span className={classes.sentence}>
        <Told>{line.sentence}</Told>
        <span className={classes.print}>
          {causeWords(line.cause)} <code>{line.event}</code>
        </span>
        <AndMore line={shown} groups={groups} />
      </span>
      {contact && (
        <Button
          variant="subtle"
          aria-label={t("Why: {name}", { name: contact.name ?? t("this contact") })}
          onClick={() => change({ why: writeSubject({ type: "contact", id: contact.id }) })}
        >
          {t("Why?")}
        </Button>
      )}
      <span className={classes.at}>
        <Moment at={line.at} />
      </span>
    </div>
  );
}

const DAY = dateFormat({
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
});

function dayOf(at: string) {
  return DAY.format(new Date(at));
}
