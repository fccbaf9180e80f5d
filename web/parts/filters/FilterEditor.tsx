import { Button, Checkbox, Radio, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { lazy, Suspense, useState } from "react";
import { t } from "../../language/t.ts";
import { currentTime } from "../current-time.ts";
import { figure } from "../figures.ts";
import classes from "./FilterBar.module.css";
import type { Between, FilterField, FilterOption } from "./filter.ts";

type Props = {
  field: FilterField;
  value: unknown;
  onChange: (value: unknown) => void;
  onDone: () => void;
};

/** What one filter asks: the list behind it follows at once. */
export function FilterEditor({ field, value, onChange, onDone }: Props) {
  switch (field.kind) {
    case "choices":
      return (
        <Choices field={field} value={Array.isArray(value) ? value.map(String) : []} onChange={onChange} />
      );
    case "words":
      return <Words field={field} value={String(value ?? "")} onChange={onChange} onDone={onDone} />;
    case "yesNo":
      return <YesNo field={field} value={value} onChange={onChange} />;
    case "days":
    case "numbers":
      return <Range field={field} value={(value as Between | undefined) ?? {}} onChange={onChange} />;
    case "own":
      return field.editor({ value, onChange });
  }
}

const SEARCHED_ABOVE = 8;

type ChoicesProps = {
  field: Extract<FilterField, { kind: "choices" }>;
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
};

function Choices({ field: { name, choices, none }, value, onChange }: ChoicesProps) {
  const [typed, setTyped] = useState("");
  if (choices.length === 0) return <p className="soft small">{none ?? t("Nothing to choose from yet.")}</p>;
  const shown = choices.filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase()));
  return (
    <div className="stack">
      {choices.length > SEARCHED_ABOVE && (
        <TextInput
          aria-label={t("Find in {name}", { name })}
          placeholder={t("Find")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
      )}
      <Checkbox.Group value={[...value]} onChange={onChange} aria-label={name}>
        <div className={classes.choices}>
          {shown.map(({ value: one, label, count }: FilterOption) => (
            <Checkbox key={one} value={one} label={<Counted label={label} count={count} />} />
          ))}
          {shown.length === 0 && <p className="soft small">{t("No results.")}</p>}
        </div>
      </Checkbox.Group>
    </div>
  );
}

function Counted({ label, count }: Pick<FilterOption, "label" | "count">) {
  if (count === undefined) return label;
  return (
    <>
      {label} <span className="soft">{figure(count)}</span>
    </>
  );
}

type WordsProps = {
  field: Extract<FilterField, { kind: "words" }>;
  value: string;
  onChange: (value: string) => void;
  onDone: () => void;
};

function Words({ field: { name, placeholder }, value, onChange, onDone }: WordsProps) {
  const [typed, setTyped] = useState(value);
  const tell = useDebouncedCallback(onChange, { delay: 250, flushOnUnmount: true });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation(); // the bar may be inside the form of a dialog, which would be sent too
        onChange(typed);
        onDone();
      }}
    >
      <TextInput
        label={name}
        placeholder={placeholder}
        value={typed}
        data-autofocus
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          tell(currentTarget.value);
        }}
      />
    </form>
  );
}

type YesNoProps = {
  field: Extract<FilterField, { kind: "yesNo" }>;
  value: unknown;
  onChange: (value: boolean) => void;
};

function YesNo({ field: { name, yes, no }, value, onChange }: YesNoProps) {
  return (
    <Radio.Group
      aria-label={name}
      value={value === undefined ? null : String(value)}
      onChange={(next) => onChange(next === "true")}
    >
      <div className={classes.choices}>
        <Radio value="true" label={yes} />
        <Radio value="false" label={no} />
      </div>
    </Radio.Group>
  );
}

type RangeProps = {
  field: Extract<FilterField, { kind: "days" | "numbers" }>;
  value: Between;
  onChange: (value: Between) => void;
};

const LATELY = [7, 30, 90];
const SOON = [30, 90];

function Range({ field, value, onChange }: RangeProps) {
  const isDays = field.kind === "days";
  const set = (end: keyof Between) => (next: string | null) =>
    onChange({ ...value, [end]: next || undefined });
  const End = isDays ? Day : Figure;
  return (
    <div className="stack">
      <div className={classes.range}>
        <End label={isDays ? t("From") : t("At least")} value={value.min} onChange={set("min")} />
        <End label={isDays ? t("Until") : t("At most")} value={value.max} onChange={set("max")} />
      </div>
      {field.kind === "days" && (
        <div className="row">
          {offersOf(field).map(({ says, range }) => (
            <Button key={says} variant="default" size="compact-sm" onClick={() => onChange(range)}>
              {says}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function offersOf({ looksAhead }: { looksAhead?: true }): { says: string; range: Between }[] {
  if (!looksAhead)
    return LATELY.map((days) => ({ says: t("Last {days} days", { days }), range: { min: daysAgo(days) } }));
  return [
    { says: t("Before today"), range: { max: daysAgo(1) } },
    ...SOON.map((days) => ({
      says: t("Next {days} days", { days }),
      range: { min: daysAgo(0), max: daysAgo(-days) },
    })),
  ];
}

type EndProps = { label: string; value: string | undefined; onChange: (next: string | null) => void };

function Figure({ label, value = "", onChange }: EndProps) {
  return (
    <TextInput
      type="number"
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

// Most filters name no day: the month is fetched only for those that do.
const DayField = lazy(async () => ({ default: (await import("../dates/DayField.tsx")).DayField }));

function Day({ label, value, onChange }: EndProps) {
  return (
    <Suspense fallback={<TextInput label={label} disabled />}>
      <DayField isInside label={label} clearable value={value ?? null} onChange={onChange} />
    </Suspense>
  );
}

function daysAgo(days: number) {
  const day = currentTime();
  day.setDate(day.getDate() - days);
  // The viewer's own day, which toISOString would turn into Greenwich's.
  return new Intl.DateTimeFormat("sv-SE").format(day);
}
