import { MultiSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { currentTimeMs } from "../../../parts/current-time.ts";
import { DayField } from "../../../parts/dates/DayField.tsx";
import { FilterBar } from "../../../parts/filters/FilterBar.tsx";
import type { FilterField, FilterValues } from "../../../parts/filters/filter.ts";
import { mailboxesQuery } from "../../mail/mailboxes/queries.ts";
import { sequencesQuery } from "../../sequences/sequences/queries.ts";
import { usePeople } from "../../settings/people/queries.ts";
import type { Dimension, Filters, Metric, Period, ReportQuery } from "./asked.ts";
import { METRICS } from "./metrics.ts";
import classes from "./Reports.module.css";
import { DIMENSIONS, PERIODS, sayMetric, sayPeriod } from "./words.ts";

type Props = { asked: ReportQuery; onChange: (next: ReportQuery) => void };

const GROUPINGS = perLanguage(() => DIMENSIONS.map(([value, label]) => ({ value, label })));
const LISTED = METRICS.map((value) => ({ value, label: sayMetric(value) }));

/** What is counted, by what, over which time, of what. */
export function Asking({ asked, onChange }: Props) {
  const { metrics, by, across, period, filters } = asked;
  const change = (next: Partial<ReportQuery>) => onChange({ ...asked, ...next });
  return (
    <div className="stack">
      <div className={classes.asking}>
        <MultiSelect
          label={t("Metrics")}
          className={classes.metrics}
          data={LISTED}
          value={metrics}
          onChange={(next) => next.length > 0 && change({ metrics: next as Metric[] })}
          maxValues={12}
          searchable
          hidePickedOptions
        />
        <Select
          label={t("Group by")}
          placeholder={t("No grouping")}
          data={GROUPINGS}
          value={by}
          onChange={(next) =>
            change({ by: next as Dimension | null, across: next ? across : null, skipped: [] })
          }
          searchable
          clearable
        />
        <Select
          label={t("Break down by")}
          placeholder={t("None")}
          data={GROUPINGS.filter(({ value }) => value !== by)}
          value={across}
          onChange={(next) => change({ across: next as Dimension | null })}
          disabled={by === null}
          searchable
          clearable
        />
        <Select
          label={t("Period")}
          data={PERIODS.map((value) => ({ value, label: sayPeriod(value) }))}
          value={period}
          allowDeselect={false}
          onChange={(next) =>
            change({ period: (next ?? "last_30_days") as Period, filters: withDates(filters, next) })
          }
        />
        {period === "custom_range" && (
          <Dates filters={filters} onChange={(next) => change({ filters: next })} />
        )}
      </div>
      <Among filters={filters} onChange={(next) => change({ filters: next })} />
    </div>
  );
}

/** Dates say something only where they are asked for; without any there would be no range. */
function withDates({ smart_datetime_range: _, ...rest }: Filters, period: string | null): Filters {
  if (period !== "custom_range") return rest;
  return {
    ...rest,
    smart_datetime_range: { min: new Date(currentTimeMs() - 29 * 86_400_000).toISOString().slice(0, 10) },
  };
}

type AmongProps = { filters: Filters; onChange: (next: Filters) => void };

function Dates({ filters, onChange }: AmongProps) {
  const range = filters.smart_datetime_range ?? {};
  const set = (end: "min" | "max", text: string | null) => {
    const { [end]: _, ...other } = range;
    const next = text ? { ...other, [end]: text } : other;
    if (Object.keys(next).length > 0) onChange({ ...filters, smart_datetime_range: next });
  };
  return (
    <>
      <DayField label={t("From")} clearable value={range.min ?? null} onChange={(day) => set("min", day)} />
      <DayField label={t("Until")} clearable value={range.max ?? null} onChange={(day) => set("max", day)} />
    </>
  );
}

const KEYS = ["emailer_campaign_ids", "email_account_ids", "smart_user_id"] as const;

function Among({ filters, onChange }: AmongProps) {
  const sequences = useQuery(sequencesQuery({ per_page: 100 })).data?.emailer_campaigns ?? [];
  const mailboxes = useQuery(mailboxesQuery).data ?? [];
  const { data: people = [] } = usePeople();
  const choices = (
    key: (typeof KEYS)[number],
    name: string,
    of: { id: string; label: string }[],
  ): FilterField => {
    return { key, name, kind: "choices", choices: of.map(({ id, label }) => ({ value: id, label })) };
  };
  const fields = [
    choices(
      "emailer_campaign_ids",
      t("Sequence"),
      sequences.map(({ id, name }) => ({ id, label: name })),
    ),
    choices(
      "email_account_ids",
      t("Mailbox"),
      mailboxes.map(({ id, email }) => ({ id, label: email })),
    ),
    choices(
      "smart_user_id",
      t("User"),
      people.map(({ id, name }) => ({ id, label: name })),
    ),
  ];
  const value: FilterValues = Object.fromEntries(KEYS.map((key) => [key, filters[key]]));
  const narrow = (next: FilterValues) => {
    const { emailer_campaign_ids: _s, email_account_ids: _m, smart_user_id: _p, ...rest } = filters;
    const held = KEYS.flatMap((key) =>
      Array.isArray(next[key]) && next[key].length > 0 ? [[key, next[key]]] : [],
    );
    onChange({ ...rest, ...Object.fromEntries(held) });
  };
  return <FilterBar fields={fields} value={value} onChange={narrow} />;
}
