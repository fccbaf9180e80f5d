// What a list is narrowed to: each kind of filter holds a value of its own, all of them must hold, and the
// whole stands in the address, so that what one sees can be shared and saved.

import { useMemo } from "react";
import { dateFormat, listFormat } from "../../language/formats.ts";
import { t } from "../../language/t.ts";
import { useAddress } from "../address.ts";

const ANY = listFormat({ type: "disjunction" });

/** By the field's key; what is not there does not narrow. */
export type FilterValues = Readonly<Record<string, unknown>>;

/** `count`: how many a list has of it now, where that is known. */
export type FilterOption = { value: string; label: string; count?: number | undefined };

export type Between = { min?: string; max?: string };

type Common = {
  key: string;
  /** "Stage", as the chip begins. */
  name: string;
};

export type FilterField =
  | (Common & {
      kind: "choices";
      choices: readonly FilterOption[] /** Of a team's own making, and there may be none. */;
      none?: string;
    })
  | (Common & { kind: "words"; placeholder?: string })
  | (Common & { kind: "yesNo"; yes: string; no: string })
  | (Common & { kind: "days" /** Days to come are offered, and not those that were. */; looksAhead?: true })
  | (Common & { kind: "numbers"; unit?: string })
  | (Common & {
      kind: "own";
      editor: (props: { value: unknown; onChange: (value: unknown) => void }) => React.ReactNode;
      says: (value: unknown) => string;
    });

export function useFilter(): [FilterValues, (next: FilterValues) => void] {
  const [address, change] = useAddress();
  const filter = useMemo(() => readFilter(address.filter), [address.filter]);
  return [filter, (next) => change({ filter: writeFilter(next) })];
}

/** An invalid filter in the address filters nothing, rather than breaking the page. */
export function readFilter(text: string | undefined): FilterValues {
  if (!text) return {};
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === "object" && read !== null && !Array.isArray(read) ? (read as FilterValues) : {};
  } catch {
    return {};
  }
}

export function writeFilter(filter: FilterValues) {
  const held = Object.entries(filter).filter(([, value]) => isHeld(value));
  return held.length > 0 ? JSON.stringify(Object.fromEntries(held)) : undefined;
}

/** An empty list, empty text and an open range ask for nothing. */
export function isHeld(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return false;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object") return Object.values(value).some(isHeld);
  return true;
}

export function isFiltered(filter: FilterValues) {
  return Object.values(filter).some(isHeld);
}

const SHOWN = 2;

/** The chip's words after the field's name: "is Cold or Warm", "has “boiler”", "after 4 Sep 2026". */
export function sayFilter(field: FilterField, value: unknown): string {
  switch (field.kind) {
    case "choices":
      return t("is {choices}", { choices: sayChoices(field.choices, value) });
    case "words":
      return t("contains “{value}”", { value: String(value) });
    case "yesNo":
      return value === true || value === "true" ? field.yes : field.no;
    case "days":
      return sayBetween(value as Between, sayDay, ["from", "until"]);
    case "numbers":
      return sayBetween(value as Between, (text) => `${text}${field.unit ?? ""}`, [
        t("at least"),
        t("at most"),
      ]);
    case "own":
      return field.says(value);
  }
}

function sayChoices(choices: readonly FilterOption[], value: unknown) {
  const names = (Array.isArray(value) ? value : [value]).map(
    (one) => choices.find((choice) => choice.value === one)?.label ?? t("a deleted item"),
  );
  if (names.length <= SHOWN) return ANY.format(names);
  return t("{slice} or {names} more", {
    slice: names.slice(0, SHOWN).join(", "),
    names: names.length - SHOWN,
  });
}

function sayBetween({ min, max }: Between, say: (text: string) => string, [from, until]: [string, string]) {
  if (min && max) return t("{min} to {max}", { min: say(min), max: say(max) });
  return min ? `${from} ${say(min)}` : `${until} ${say(max ?? "")}`;
}

function sayDay(day: string) {
  const at = new Date(`${day}T00:00`);
  if (Number.isNaN(at.getTime())) return day;
  return dateFormat({ day: "numeric", month: "short", year: "numeric" }).format(at);
}
