import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useAddress } from "../../parts/address.ts";
import { Empty } from "../../parts/Empty.tsx";
import { figure } from "../../parts/figures.ts";
import { Page } from "../../parts/Page.tsx";
import { TableSkeleton } from "../../parts/TableSkeleton.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { dayAndTime, dayOf } from "../../parts/when.ts";
import { Asking } from "./Asking.tsx";
import { forecastQuery, forecastsQuery, useForesee } from "./queries.ts";
import { Told } from "./Told.tsx";
import { sayForecast } from "./words.ts";

const COLUMNS = [
  "Sequence",
  "Contacts",
  "Mails",
  "First step done",
  "Last one through",
  "Still on their way",
];

/** What goes out in the next weeks, if nothing else happens; and how an earlier look ahead has fared. */
export function ForecastPage() {
  const [address, change] = useAddress();
  const made = useQuery(forecastsQuery);
  const openId = address.open ?? made.data?.[0]?.id;
  const opened = useQuery({ ...forecastQuery(openId ?? ""), enabled: openId !== undefined });
  const foresee = useForesee();
  const now = new Date();
  const shown = opened.data;
  const error = made.error ?? opened.error;
  return (
    <Page
      title="Forecast"
      state={
        shown
          ? sayForecast(shown, (at) => dayOf(at, now))
          : made.data?.length === 0 && "What goes out in the next weeks, if nothing else happens."
      }
    >
      <div className="stack" style={{ gap: 24 }}>
        <Asking
          isBusy={foresee.isPending}
          onAsk={(wish) => foresee.mutate(wish, { onSuccess: ({ id }) => change({ open: id }) })}
        />
        <Trouble error={foresee.error} doing="writing" />
        {error && <Trouble error={error} onRetry={() => void opened.refetch()} />}
        {made.data && made.data.length > 1 && (
          <div className="row">
            <Select
              label="Made"
              data={made.data.map(({ id, created_at, totals }) => ({
                value: id,
                label: `${dayAndTime(created_at, now)}, ${figure(totals.sends)} mails`,
              }))}
              value={openId ?? null}
              allowDeselect={false}
              onChange={(id) => change({ open: id ?? undefined })}
            />
          </div>
        )}
        {shown ? (
          <Told shown={shown} />
        ) : made.data?.length === 0 ? (
          <Empty says="Nobody has looked ahead yet. It takes a few seconds, sends nothing and changes nothing." />
        ) : (
          !error && <TableSkeleton columns={COLUMNS} isNarrow={false} />
        )}
      </div>
    </Page>
  );
}
