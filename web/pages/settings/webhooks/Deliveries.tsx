import { Button } from "@mantine/core";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useDeliveries, type WebhookDelivery } from "./queries.ts";
import { DeliveryState, sayEventType } from "./words.tsx";

const STATES = perLanguage(() => [
  { value: "all", label: t("All") },
  { value: "delivered", label: t("Delivered") },
  { value: "pending", label: t("Waiting") },
  { value: "given_up", label: t("Failed") },
]);

/** What was sent, when, and what came back; newest first. */
export function Deliveries({ id }: { id: string }) {
  const [shows, setShows] = useState("all");
  const log = useDeliveries(id, shows === "all" ? null : (shows as WebhookDelivery["status"]));
  const rows = log.data?.pages.flatMap(({ deliveries }) => deliveries);
  return (
    <section className="stack" aria-label={t("Delivery log")}>
      <div className="row" style={{ justifyContent: "space-between" }}>
        <h3 className="small" style={{ fontWeight: 600 }}>
          {t("Delivery log")}
        </h3>
        <Segmented aria-label={t("Status")} size="xs" data={STATES} value={shows} onChange={setShows} />
      </div>
      {log.error ? (
        <Trouble error={log.error} onRetry={() => void log.refetch()} />
      ) : rows?.length === 0 ? (
        <p className="soft">{shows === "all" ? t("No deliveries yet.") : t("No deliveries.")}</p>
      ) : (
        <DataTable
          label={t("Deliveries")}
          columns={COLUMNS}
          rows={rows}
          rowKey={({ event_id }) => event_id}
        />
      )}
      {log.hasNextPage && (
        <div>
          <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t("Show earlier")}
          </Button>
        </div>
      )}
    </section>
  );
}

const COLUMNS: Column<WebhookDelivery>[] = perLanguage(() => [
  { header: t("Event"), width: "26%", cell: ({ type }) => sayEventType(type) },
  { header: t("Status"), cell: DeliveryState },
  { header: t("Response"), width: "34%", cell: Answer },
  { header: t("When"), align: "right", cell: ({ created_at }) => <Moment at={created_at} /> },
]);

function Answer({ log, next_attempt_at }: WebhookDelivery) {
  const last = log.at(-1);
  if (!last) return <span className="soft">{t("Not tried yet")}</span>;
  const said = last.status_code ?? last.error ?? t("No response");
  return (
    <span>
      {said}
      {last.took_ms !== null && (
        <span className="soft"> {t("in {took_ms} ms", { took_ms: last.took_ms })}</span>
      )}
      {next_attempt_at && (
        <span className="soft">
          {t(", retry")} <Moment at={next_attempt_at} />
        </span>
      )}
    </span>
  );
}
