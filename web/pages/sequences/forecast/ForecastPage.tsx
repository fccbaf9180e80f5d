import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";
import { TableSkeleton } from "../../../parts/TableSkeleton.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { dayAndTime, dayOf } from "../../../parts/when.ts";
import { Asking } from "./Asking.tsx";
import { forecastQuery, forecastsQuery, useForesee } from "./queries.ts";
import { Told } from "./Told.tsx";
import { sayForecast } from "./words.ts";

const COLUMNS = perLanguage(() => [
  t("Sequence"),
  t("Contacts"),
  t("Emails"),
  t("All got the first step"),
  t("Last contact finishes"),
  t("Still active"),
]);

/** What goes out in the next weeks, if nothing else happens; and how an earlier look ahead has fared. */
export function ForecastPage() {
  const [address, change] = useAddress();
  const made = useQuery(forecastsQuery);
  const openId = address.open ?? made.data?.[0]?.id;
  const opened = useQuery({ ...forecastQuery(openId ?? ""), enabled: openId !== undefined });
  const foresee = useForesee();
  const now = currentTime();
  const shown = opened.data;
  const error = made.error ?? opened.error;
  return (
    <Page
      title={t("Forecast")}
      state={
        shown
          ? sayForecast(shown, (at) => dayOf(at, now))
          : made.data?.length === 0 && t("Emails of the next weeks, if nothing changes.")
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
              label={t("Created")}
              data={made.data.map(({ id, created_at, totals }) => ({
                value: id,
                label: t("{created_at}, {sends, number} emails", {
                  created_at: dayAndTime(created_at, now),
                  sends: totals.sends,
                }),
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
          <Empty says={t("No forecast yet. It takes a few seconds, sends nothing and changes nothing.")} />
        ) : (
          !error && <TableSkeleton columns={COLUMNS} isNarrow={false} />
        )}
      </div>
    </Page>
  );
}
