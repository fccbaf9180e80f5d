import { ActionIcon, Autocomplete, Button, Select, Switch, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { capital } from "../../../parts/capital.ts";
import { TimeField } from "../../../parts/dates/TimeField.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { guessTimeZone, TimeZoneField } from "../../../parts/TimeZoneField.tsx";
import { useLists } from "../../contacts/lists/queries.ts";
import { REPLY_CLASSES } from "../../mail/inbox/words.ts";
import { useStages } from "../../settings/stages/queries.ts";
import { EventOption, TYPES } from "../../settings/webhooks/words.tsx";
import type { Entity } from "./queries.ts";
import {
  type Data,
  type Every,
  FIRST_TIME,
  freshTrigger,
  type OnEvent,
  ofLists,
  readValue,
  type ScheduleTrigger,
  sayEvent,
  sayTrigger,
  type Trigger,
  triggerLacks,
  WEEKDAYS,
  withRhythm,
} from "./trigger.ts";
import classes from "./Workflows.module.css";

type Props = { entity: Entity; trigger: Trigger; onChange: ((trigger: Trigger) => void) | null };

const KINDS = perLanguage(() => [
  { value: "schedule", label: t("On a schedule") },
  { value: "event", label: t("When an event happens") },
  { value: "webhook", label: t("When its URL is called") },
]);

export function TriggerFields({ entity, trigger, onChange }: Props) {
  const put = onChange ?? (() => {});
  return (
    <fieldset className={classes.plain} disabled={onChange === null} aria-label={t("Trigger")}>
      <Segmented
        aria-label={t("Trigger type")}
        className={classes.wraps ?? ""}
        data={KINDS}
        value={trigger.type}
        disabled={onChange === null}
        onChange={(type) => put(freshTrigger(type as Trigger["type"], entity, guessTimeZone()))}
      />
      {trigger.type === "schedule" && <ScheduleFields schedule={trigger} onChange={put} />}
      {trigger.type === "event" && <EventFields entity={entity} on={trigger} onChange={put} />}
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
      <p className="soft">{sayTrigger(trigger)}.</p>
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

type EventProps = { on: OnEvent; onChange: (next: OnEvent) => void };

/** The most useful ones first, in words; then all that webhooks know too. */
const EVENTS = perLanguage(() => [
  {
    group: t("Lists"),
    items: ["label.records_added", "label.records_removed"],
  },
  {
    group: t("What a person does"),
    items: [
      "message.opened",
      "message.clicked",
      "contact.meeting_booked",
      "contact.meeting_cancelled",
      "person.job_changed",
    ],
  },
  ...TYPES.map(({ group, items }) => ({ group, items: items.filter((type) => type !== "message.opened") })),
]);

function EventChoice({ type }: { type: string }) {
  const isSaid = sayEvent(type) !== type && !type.endsWith("*");
  if (!isSaid) return <EventOption type={type} />;
  return (
    <span>
      {capital(sayEvent(type))} <code className="soft small">{type}</code>
    </span>
  );
}

/** Types there are, to choose from; any other of the feed may be typed. */
function EventFields({ entity, on, onChange }: EventProps & { entity: Entity }) {
  const isReply = on.event === "message.replied";
  const isList = ofLists(on.event);
  const isStage = on.event === "contact.stage_changed" || on.event === "account.stage_changed";
  return (
    <>
      <Autocomplete
        label={t("Event")}
        data={EVENTS.map(({ group, items }) => ({ group, items: [...items] }))}
        value={on.event}
        renderOption={({ option }) => <EventChoice type={option.value} />}
        onChange={(event) => onChange({ type: "event", event })}
      />
      {isStage && (
        <ToStage of={on.event.startsWith("account") ? "account" : "contact"} on={on} onChange={onChange} />
      )}
      {isList && <OfList entity={entity} on={on} onChange={onChange} />}
      {isReply && <OfClass on={on} onChange={onChange} />}
      {!isStage && !isList && !isReply && (
        <Conditions data={on.data ?? {}} onChange={(data) => onChange({ ...on, data })} />
      )}
    </>
  );
}

/** The condition with this name, as a choice; another one is kept. */
function withData(on: OnEvent, name: string, value: string | null): OnEvent {
  const { [name]: _, ...rest } = on.data ?? {};
  return { type: "event", event: on.event, data: value === null ? rest : { ...rest, [name]: value } };
}

const chosen = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);

function OfList({ entity, on, onChange }: EventProps & { entity: Entity }) {
  const { data: lists = [] } = useLists(entity === "account" ? "accounts" : "contacts");
  const isLacking = triggerLacks(on) !== null;
  return (
    <Select
      label={t("List")}
      placeholder={isLacking ? "" : t("Any list")}
      error={isLacking && t("Choose a list.")}
      clearable
      searchable
      data={lists.map(({ id, name }) => ({ value: id, label: name }))}
      value={chosen(on.data?.label_id)}
      onChange={(id) => onChange(withData(on, "label_id", id))}
    />
  );
}

function OfClass({ on, onChange }: EventProps) {
  return (
    <Select
      label={t("Reply")}
      placeholder={t("Any reply")}
      clearable
      data={Object.entries(REPLY_CLASSES).map(([value, label]) => ({ value, label }))}
      value={chosen(on.data?.reply_class)}
      onChange={(word) => onChange(withData(on, "reply_class", word))}
    />
  );
}

function ToStage({ of, on, onChange }: EventProps & { of: "contact" | "account" }) {
  const { data: stages = [] } = useStages(of);
  const { to } = on.data ?? {};
  return (
    <Select
      label={t("New stage")}
      placeholder={t("Any stage")}
      error={triggerLacks(on) !== null && t("Choose a stage.")}
      clearable
      data={stages.map(({ id, name }) => ({ value: id, label: name }))}
      value={chosen(to)}
      onChange={(stage) =>
        onChange({ type: "event", event: on.event, ...(stage && { data: { to: stage } }) })
      }
    />
  );
}

/** What the event's data must say, field by field. */
function Conditions({ data, onChange }: { data: Data; onChange: (data: Data) => void }) {
  const [rows, setRows] = useState(() =>
    Object.entries(data).map(([name, value]) => [name, String(value)] as const),
  );
  const put = (next: typeof rows) => {
    setRows(next);
    onChange(
      Object.fromEntries(next.filter(([name]) => name).map(([name, text]) => [name, readValue(text)])),
    );
  };
  return (
    <div className="stack" style={{ gap: 8 }}>
      {rows.map(([name, value], n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition is nothing but its place
        <div key={n} className={classes.condition}>
          <TextInput
            aria-label={t("Field of condition {n}", { n: n + 1 })}
            placeholder={t("data field")}
            value={name}
            onChange={({ currentTarget }) => put(rows.with(n, [currentTarget.value, value]))}
          />
          <TextInput
            aria-label={t("Value of condition {n}", { n: n + 1 })}
            placeholder={t("value")}
            value={value}
            onChange={({ currentTarget }) => put(rows.with(n, [name, currentTarget.value]))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("Remove condition {n}", { n: n + 1 })}
            onClick={() => put(rows.toSpliced(n, 1))}
          >
            <IconX size="1rem" stroke={1.75} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconPlus size="0.875rem" aria-hidden />}
          onClick={() => setRows([...rows, ["", ""]])}
        >
          {t("Add condition")}
        </Button>
      </div>
    </div>
  );
}
