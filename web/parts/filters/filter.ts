// What a list is narrowed to: each kind of filter holds a value of its own, all of them must hold, and the
// whole stands in the address, so that what one sees can be shared and saved.

import { useMemo } from "react";
import { useAddress } from "../address.ts";

/** By the field's key; what is not there does not narrow. */
export type Filter = Readonly<Record<string, unknown>>;

/** `count`: how many a list has of it now, where that is known. */
export type Choice = { value: string; label: string; count?: number | undefined };

export type Between = { min?: string; max?: string };

type Common = {
  key: string;
  /** "Stage", as the chip begins. */
  name: string;
};

export type FilterField =
  | (Common & {
      kind: "choices";
      choices: readonly Choice[] /** Of a team's own making, and there may be none. */;
      none?: string;
    })
  | (Common & { kind: "words"; placeholder?: string })
  | (Common & { kind: "yesNo"; yes: string; no: string })
  | (Common & { kind: "days" })
  | (Common & { kind: "numbers"; unit?: string })
  | (Common & {
      kind: "own";
      editor: (props: { value: unknown; onChange: (value: unknown) => void }) => React.ReactNode;
      says: (value: unknown) => string;
    });

export function useFilter(): [Filter, (next: Filter) => void] {
  const [address, change] = useAddress();
  const filter = useMemo(() => readFilter(address.filter), [address.filter]);
  return [filter, (next) => change({ filter: writeFilter(next) })];
}

/** What somebody may have typed into the address narrows nothing, rather than breaking the page. */
export function readFilter(text: string | undefined): Filter {
  if (!text) return {};
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === "object" && read !== null && !Array.isArray(read) ? (read as Filter) : {};
  } catch {
    return {};
  }
}

export function writeFilter(filter: Filter) {
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

export function isFiltered(filter: Filter) {
  return Object.values(filter).some(isHeld);
}

const SHOWN = 2;

/** The chip's words after the field's name: "is Cold or Warm", "has “boiler”", "after 4 Sep 2026". */
export function sayFilter(field: FilterField, value: unknown): string {
  switch (field.kind) {
    case "choices":
      return `is ${sayChoices(field.choices, value)}`;
    case "words":
      return `has “${String(value)}”`;
    case "yesNo":
      return value === true || value === "true" ? field.yes : field.no;
    case "days":
      return sayBetween(value as Between, sayDay, ["from", "until"]);
    case "numbers":
      return sayBetween(value as Between, (text) => `${text}${field.unit ?? ""}`, ["at least", "at most"]);
    case "own":
      return field.says(value);
  }
}

function sayChoices(choices: readonly Choice[], value: unknown) {
  const names = (Array.isArray(value) ? value : [value]).map(
    (one) => choices.find((choice) => choice.value === one)?.label ?? "something that is gone",
  );
  if (names.length <= SHOWN) return names.join(" or ");
  return `${names.slice(0, SHOWN).join(", ")} or ${names.length - SHOWN} more`;
}

function sayBetween({ min, max }: Between, say: (text: string) => string, [from, until]: [string, string]) {
  if (min && max) return `${say(min)} to ${say(max)}`;
  return min ? `${from} ${say(min)}` : `${until} ${say(max ?? "")}`;
}

function sayDay(day: string) {
  const at = new Date(`${day}T00:00`);
  if (Number.isNaN(at.getTime())) return day;
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" }).format(at);
}
