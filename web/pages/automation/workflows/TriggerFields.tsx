import { Select, Switch, TextInput } from "@mantine/core";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { TimeField } from "../../../parts/dates/TimeField.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { guessTimeZone, TimeZoneField } from "../../../parts/TimeZoneField.tsx";
import { useOwnFields } from "../../settings/fields/queries.ts";
import { DateFields } from "./DateFields.tsx";
import { EventFields } from "./EventFields.tsx";
import type { Entity } from "./queries.ts";
import {
  type Every,
  FIRST_TIME,
  freshTrigger,
  type ScheduleTrigger,
  sayTrigger,
  type Trigger,
  WEEKDAYS,
  withRhythm,
} from "./trigger.ts";
import classes from "./Workflows.module.css";

type Props = { entity: Entity; trigger: Trigger; onChange: ((trigger: Trigger) => void) | null };

const KINDS = perLanguage(() => [
  { value: "schedule", label: t("On a schedule") },
  { value: "event", label: t("When an event happens") },
  { value: "date_field", label: t("When a date is reached") },
  { value: "webhook", label: t("When its URL is called") },
]);

/** As wide as the fields below it. */
const ROOM = 540;

export function TriggerFields({ entity, trigger, onChange }: Props) {
  const put = onChange ?? (() => {});
  const { data: own = [] } = useOwnFields();
  const fieldName =
    trigger.type === "date_field" ? own.find(({ id }) => id === trigger.field)?.name : undefined;
  return (
    <fieldset className={classes.plain} disabled={onChange === null} aria-label={t("Trigger")}>
      <Segmented
        aria-label={t("Trigger type")}
        room={ROOM}
        className={classes.wraps ?? ""}
        data={KINDS.filter(({ value }) => value !== "date_field" || entity !== "person")}
        value={trigger.type}
        disabled={onChange === null}
        onChange={(type) => put(freshTrigger(type as Trigger["type"], entity, guessTimeZone()))}
      />
      {trigger.type === "schedule" && <ScheduleFields schedule={trigger} onChange={put} />}
      {trigger.type === "event" && <EventFields entity={entity} on={trigger} onChange={put} />}
      {trigger.type === "date_field" && <DateFields entity={entity} on={trigger} onChange={put} />}
      {trigger.type === "webhook" && (
        <>
          <p className="soft small">
            {t("The URL was shown once. If you need a new one, create it in Settings.")}
          </p>
          <Switch
            label={t("Create a contact if none is found by id or email")}
            checked={trigger.creates_contacts}
            onChange={({ currentTarget }) => put({ ...trigger, creates_contacts: currentTarget.checked })}
          />
        </>
      )}
      <p className="soft">{sayTrigger(trigger, fieldName)}.</p>
    </fieldset>
  );
}

type ScheduleProps = { schedule: ScheduleTrigger; onChange: (next: ScheduleTrigger) => void };

const RHYTHMS = perLanguage(() => [
  { value: "hour", label: t("Every hour") },
  { value: "day", label: t("Every day") },
  { value: "week", label: t("Every week") },
  { value: "cron", label: t("Custom (cron)") },
]);

function ScheduleFields({ schedule, onChange }: ScheduleProps) {
  const { every, at, weekday = 1, cron } = schedule;
  const rhythm = cron === undefined ? (every ?? "day") : "cron";
  return (
    <div className={classes.two}>
      <Select
        label={t("How often")}
        data={RHYTHMS}
        value={rhythm}
        allowDeselect={false}
        onChange={(next) => next && onChange(withRhythm(schedule, next as Every | "cron"))}
      />
      {rhythm === "week" && (
        <Select
          label={t("Weekday")}
          data={WEEKDAYS.map((name, n) => ({ value: String(n + 1), label: name }))}
          value={String(weekday)}
          allowDeselect={false}
          onChange={(day) => onChange({ ...schedule, weekday: Number(day) })}
        />
      )}
      {(rhythm === "day" || rhythm === "week") && (
        <TimeField
          label={t("At")}
          name={t("At")}
          value={at ?? FIRST_TIME}
          onChange={(time) => onChange({ ...schedule, at: time })}
        />
      )}
      {rhythm === "cron" && (
        <TextInput
          label={t("Cron: minute, hour, day, month, weekday")}
          value={cron ?? ""}
          onChange={({ currentTarget }) => onChange({ ...schedule, cron: currentTarget.value })}
        />
      )}
      <TimeZoneField
        label={t("Time zone")}
        value={schedule.time_zone}
        onChange={(time_zone) => onChange({ ...schedule, time_zone })}
      />
    </div>
  );
}
