import { Button, Select, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { dateFormat } from "../../../../language/formats.ts";
import { t } from "../../../../language/t.ts";
import { useAddress } from "../../../../parts/address.ts";
import { useLate } from "../../../../parts/late.ts";
import { Trouble } from "../../../../parts/Trouble.tsx";
import { FeedLines } from "../../../sequences/sequence-activity/FeedLines.tsx";
import { KINDS, typesOf } from "./kinds.ts";
import { eventsQuery } from "./queries.ts";
import classes from "./RunPage.module.css";

const DAY = dateFormat({ weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });

type Props = { from: string; until: string; chosen: string | null };

/** What happened in these days, newest first. */
export function RunEvents({ from, until, chosen }: Props) {
  const [{ kind }, change] = useAddress();
  const found = useInfiniteQuery(eventsQuery({ from, until, types: typesOf(kind) }));
  const isLate = useLate(found.isPending);
  const events = useMemo(() => found.data?.pages.flatMap((page) => page.events) ?? [], [found.data]);
  const { fetchNextPage } = found;
  const askForMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return (
    <section aria-labelledby="run-events">
      <div className={classes.top}>
        <h2 id="run-events" className={classes.heading}>
          {chosen ? DAY.format(new Date(`${chosen}T00:00:00Z`)) : t("Events of the month")}
        </h2>
        {chosen && (
          <Button variant="subtle" size="compact-sm" onClick={() => change({ from: undefined })}>
            {t("Show the whole month")}
          </Button>
        )}
        <Select
          aria-label={t("Event type")}
          placeholder={t("All types")}
          clearable
          data={KINDS.map(({ value, label }) => ({ value, label }))}
          value={kind ?? null}
          onChange={(next) => change({ kind: next ?? undefined })}
        />
      </div>
      <Trouble error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <div className={classes.waiting}>{isLate && <Skeleton height={160} />}</div>}
      {found.data && events.length === 0 && (
        <p className="soft">{kind ? t("No matching events.") : t("No events yet.")}</p>
      )}
      <FeedLines
        lines={events}
        hasMore={found.hasNextPage}
        askForMore={found.hasNextPage && !found.isFetchingNextPage ? askForMore : null}
      />
    </section>
  );
}
