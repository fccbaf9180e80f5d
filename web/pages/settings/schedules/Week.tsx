import { ActionIcon, Button, Switch } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { TimeField } from "../../../parts/dates/TimeField.tsx";
import classes from "./Week.module.css";
import {
  clockOf,
  DAYS,
  type DayName,
  type HourRange,
  hourOf,
  longDay,
  sayHours,
  sayWeek,
  shortDay,
  type WeekHours,
} from "./week.ts";

type Props = {
  hours: WeekHours;
  /** Without it the week is only shown. */
  onChange?: (hours: WeekHours) => void;
};

/** A schedule's week as it looks on a wall: a row a day, a bar where mail may go out. */
export function Week({ hours, onChange }: Props) {
  if (!onChange) return <Shown hours={hours} />;
  return (
    <div className={classes.week} data-edited>
      <Scale />
      {DAYS.map((day) => (
        <EditedDay
          key={day}
          day={day}
          spans={hours[day] ?? []}
          onChange={(spans) => onChange({ ...hours, [day]: spans })}
        />
      ))}
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            const monday = hours.monday ?? [];
            onChange(Object.fromEntries(DAYS.map((day, at) => [day, at < 5 ? monday : (hours[day] ?? [])])));
          }}
        >
          {t("Copy Monday's hours to all weekdays")}
        </Button>
      </div>
    </div>
  );
}

function Shown({ hours }: { hours: WeekHours }) {
  return (
    <div className={classes.week} role="img" aria-label={sayWeek(hours)}>
      <Scale />
      {DAYS.map((day) => (
        <div key={day} className={classes.day}>
          <span className={classes.name}>{shortDay(day)}</span>
          <Track spans={hours[day] ?? []} />
          <span className={classes.says}>{sayHours(hours[day] ?? [])}</span>
        </div>
      ))}
    </div>
  );
}

function Scale() {
  return (
    <div className={classes.day} aria-hidden="true">
      <span className={classes.name} />
      <span className={classes.scale}>
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour} style={{ left: `${(hour / 24) * 100}%` }}>
            {hour}
          </span>
        ))}
      </span>
      <span className={classes.says} />
    </div>
  );
}

function Track({ spans }: { spans: readonly HourRange[] }) {
  return (
    <span className={classes.track} aria-hidden="true">
      {spans.map(([from, until]) => (
        <span
          key={`${from}-${until}`}
          className={classes.span}
          style={{ left: `${(from / 24) * 100}%`, width: `${((until - from) / 24) * 100}%` }}
        />
      ))}
    </span>
  );
}

type DayProps = {
  day: DayName;
  spans: readonly HourRange[];
  onChange: (spans: readonly HourRange[]) => void;
};

function EditedDay({ day, spans, onChange }: DayProps) {
  const name = longDay(day);
  const last = spans.at(-1);
  return (
    <div className={classes.day} data-edited>
      <Switch
        size="xs"
        aria-label={t("{name}: send emails", { name })}
        label={shortDay(day)}
        checked={spans.length > 0}
        onChange={(event) => onChange(event.currentTarget.checked ? [[8, 17]] : [])}
        className={classes.name}
      />
      <Track spans={spans} />
      <span className={classes.fields}>
        {spans.map(([from, until], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a span has no other name than its place
          <span key={at} className={classes.field}>
            <TimeField
              name={t("{name}, from", { name })}
              value={clockOf(from)}
              onChange={(time) => onChange(spans.with(at, [hourOf(time), until]))}
            />
            –
            <TimeField
              name={t("{name}, until", { name })}
              value={clockOf(until)}
              error={until <= from}
              onChange={(time) => onChange(spans.with(at, [from, hourOf(time) || 24]))}
            />
            {spans.length > 1 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t("{name}: remove these hours", { name })}
                onClick={() => onChange(spans.toSpliced(at, 1))}
              >
                <IconX size="0.875rem" stroke={1.75} />
              </ActionIcon>
            )}
          </span>
        ))}
        {last && last[1] <= 22 && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t("{name}: add hours", { name })}
            onClick={() => onChange([...spans, [last[1] + 1, Math.min(24, last[1] + 2)]])}
          >
            <IconPlus size="0.875rem" stroke={1.75} />
          </ActionIcon>
        )}
      </span>
    </div>
  );
}
