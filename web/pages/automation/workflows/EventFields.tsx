import {
  ActionIcon,
  Button,
  type ComboboxItem,
  type ComboboxParsedItem,
  Select,
  TextInput,
} from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { capital } from "../../../parts/capital.ts";
import { sayEvent } from "../../../parts/event-words.ts";
import { useLists } from "../../contacts/lists/queries.ts";
import { REPLY_CLASSES } from "../../mail/inbox/words.ts";
import { useStages } from "../../settings/stages/queries.ts";
import { TYPES } from "../../settings/webhooks/words.tsx";
import type { Entity } from "./queries.ts";
import {
  type Data,
  freshTrigger,
  type OnEvent,
  ofLists,
  readValue,
  type Trigger,
  triggerLacks,
} from "./trigger.ts";
import classes from "./Workflows.module.css";

type EventProps = { on: OnEvent; onChange: (next: OnEvent) => void };

/** What a person does stands in a group of its own. */
const PERSONS: readonly string[] = ["message.replied", "message.opened"];

/** The other kind of trigger that is looked for among the events. */
const ON_DATE = "date_field";

/** Under which other words it may be looked for. */
const ALSO: Record<string, string> = perLanguage(() => ({
  "label.records_added": t("Added to a list"),
  "label.records_removed": t("Removed from a list"),
  "message.replied": t("Reply classified, email answered"),
  "message.opened": t("Email opened by a person"),
  "message.clicked": t("Email link clicked by a person"),
  [ON_DATE]: t("Date field reached"),
}));

/** The most useful ones first, in words; then all that webhooks know too. */
const EVENTS = perLanguage(() => [
  {
    group: t("Lists"),
    items: ["label.records_added", "label.records_removed"],
  },
  {
    group: t("What a person does"),
    items: [
      "message.replied",
      "message.opened",
      "message.clicked",
      "contact.meeting_booked",
      "contact.meeting_cancelled",
      "person.job_changed",
    ],
  },
  ...TYPES.map(({ group, items }) => ({ group, items: items.filter((type) => !PERSONS.includes(type)) })),
]);

/** `contact.created` or `contact.*`. */
const IS_TYPE = /^[a-z_]+\.(?:[a-z_]+|\*)$/;

const labelOf = (type: string) => (type === ON_DATE ? t("A date is reached") : capital(sayEvent(type)));

/** In words; found by its words and by its code. A type of the feed that is not offered is found by its code alone. */
function EventField({
  value,
  hasDates,
  onChange,
}: {
  value: string;
  hasDates: boolean;
  onChange: (type: string) => void;
}) {
  const [searched, search] = useState("");
  const offered = new Set(EVENTS.flatMap(({ items }) => items));
  const others = [value, searched.trim()].filter((type) => IS_TYPE.test(type) && !offered.has(type));
  const groups = [
    ...EVENTS.map(({ group, items }) => ({ group, items: [...items] })),
    ...(hasDates ? [{ group: t("Dates"), items: [ON_DATE] }] : []),
    ...(others.length > 0 ? [{ group: t("Others"), items: [...new Set(others)] }] : []),
  ];
  return (
    <Select
      label={t("Event")}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t("No event matches.")}
      data={groups.map(({ group, items }) => ({
        group,
        items: items.map((type) => ({ value: type, label: labelOf(type) })),
      }))}
      value={value}
      filter={({ options, search: words }) => options.flatMap((option) => matching(option, words))}
      renderOption={({ option }) => <span title={option.value}>{labelOf(option.value)}</span>}
      onSearchChange={search}
      onChange={(type) => type !== null && onChange(type)}
    />
  );
}

function matching(option: ComboboxParsedItem, words: string): ComboboxParsedItem[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ value, label }: ComboboxItem) => {
    const text = `${label} ${ALSO[value] ?? ""} ${value}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  if (!("group" in option)) return fits(option) ? [option] : [];
  const items = option.items.filter(fits);
  return items.length > 0 ? [{ group: option.group, items }] : [];
}

type FieldsProps = { entity: Entity; on: OnEvent; onChange: (next: Trigger) => void };

export function EventFields({ entity, on, onChange }: FieldsProps) {
  const isReply = on.event === "message.replied";
  const isList = ofLists(on.event);
  const isStage = on.event === "contact.stage_changed" || on.event === "account.stage_changed";
  return (
    <>
      <EventField
        value={on.event}
        hasDates={entity !== "person"}
        onChange={(event) =>
          onChange(event === ON_DATE ? freshTrigger(ON_DATE, entity, "UTC") : { type: "event", event })
        }
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
