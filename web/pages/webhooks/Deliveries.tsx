import { Button } from "@mantine/core";
import { useState } from "react";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { Segmented } from "../../parts/Segmented.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { type Delivery, useDeliveries } from "./queries.ts";
import { DeliveryState } from "./words.tsx";

const STATES = [
  { value: "all", label: "All" },
  { value: "delivered", label: "Delivered" },
  { value: "pending", label: "Waiting" },
  { value: "given_up", label: "Given up" },
];

/** What was sent, when, and what came back; newest first. */
export function Deliveries({ id }: { id: string }) {
  const [shows, setShows] = useState("all");
  const log = useDeliveries(id, shows === "all" ? null : (shows as Delivery["status"]));
  const rows = log.data?.pages.flatMap(({ deliveries }) => deliveries);
  return (
    <section className="stack" aria-label="Delivery log">
      <div className="row" style={{ justifyContent: "space-between" }}>
        <h3 className="small" style={{ fontWeight: 600 }}>
          Delivery log
        </h3>
        <Segmented aria-label="Which deliveries" size="xs" data={STATES} value={shows} onChange={setShows} />
      </div>
      {log.error ? (
        <Trouble error={log.error} onRetry={() => void log.refetch()} />
      ) : rows?.length === 0 ? (
        <p className="soft">Nothing here{shows === "all" ? " yet" : ""}.</p>
      ) : (
        <DataTable label="Deliveries" columns={COLUMNS} rows={rows} rowKey={({ event_id }) => event_id} />
      )}
      {log.hasNextPage && (
        <div>
          <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            Earlier ones
          </Button>
        </div>
      )}
    </section>
  );
}

const COLUMNS: Column<Delivery>[] = [
  { header: "Event", width: "26%", cell: ({ type }) => type },
  { header: "State", cell: DeliveryState },
  { header: "Answer", width: "34%", cell: Answer },
  { header: "When", align: "right", cell: ({ created_at }) => <Moment at={created_at} /> },
];

function Answer({ log, next_attempt_at }: Delivery) {
  const last = log.at(-1);
  if (!last) return <span className="soft">Not tried yet</span>;
  const said = last.status_code ?? last.error ?? "No answer";
  return (
    <span>
      {said}
      {last.took_ms !== null && <span className="soft"> in {last.took_ms} ms</span>}
      {next_attempt_at && (
        <span className="soft">
          , again <Moment at={next_attempt_at} />
        </span>
      )}
    </span>
  );
}
