import { Select, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { useLate } from "../../../parts/late.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import classes from "./ActivityTab.module.css";
import { FeedLines } from "./FeedLines.tsx";
import { activityQuery, KINDS } from "./queries.ts";

/** Everything else that happened, newest first, a heading for each day. */
export function Feed({ sequenceId }: { sequenceId: string }) {
  const [{ kind, person }] = useAddress();
  const found = useInfiniteQuery(activityQuery(sequenceId, { kind, userId: person }));
  const isLate = useLate(found.isPending);
  const events = useMemo(() => found.data?.pages.flatMap((page) => page.events) ?? [], [found.data]);
  const { fetchNextPage } = found;
  const askForMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return (
    <section aria-labelledby="feed">
      <div className={classes.top}>
        <h2 id="feed" className={classes.heading}>
          {t("Events")}{" "}
        </h2>
        <Narrowed />
      </div>
      <Trouble error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <div className={classes.waiting}>{isLate && <Skeleton height={160} />}</div>}
      {found.data && events.length === 0 && (
        <p className="soft">{kind || person ? t("No matching events.") : t("No events yet.")}</p>
      )}
      <FeedLines
        lines={events}
        hasMore={found.hasNextPage}
        askForMore={found.hasNextPage && !found.isFetchingNextPage ? askForMore : null}
      />
      <p className={`soft small ${classes.further}`}>
        {found.isFetchingNextPage && t("Loading earlier events …")}
      </p>
    </section>
  );
}

function Narrowed() {
  const [{ kind, person }, change] = useAddress();
  const { data: people = [] } = usePeople();
  return (
    <div className={`row ${classes.narrowed}`}>
      <Select
        aria-label={t("Event type")}
        placeholder={t("All types")}
        clearable
        data={Object.entries(KINDS).map(([value, { says }]) => ({ value, label: says }))}
        value={kind ?? null}
        onChange={(next) => change({ kind: next ?? undefined })}
      />
      <Select
        aria-label={t("User")}
        placeholder={t("All users")}
        clearable
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        value={person ?? null}
        onChange={(next) => change({ person: next ?? undefined })}
      />
    </div>
  );
}
