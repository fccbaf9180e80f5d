// What stands behind the ? of an address: which record is open, which dialog, which filters. Kept there
// so that what one sees can be shared, and so that Back closes a dialog.

import { useNavigate, useSearch } from "@tanstack/react-router";

const NAMES = [
  ...["open", "do", "person", "about", "to", "why", "asked"],
  // What a list is narrowed to, how it is ordered, and which part of a page is looked at.
  ...["q", "filter", "view", "sort", "group", "tab", "peek", "status", "reason", "from", "until"],
  // Of which record, where one page shows several.
  ...["sequence", "step", "contact", "company", "list", "mailbox", "owner", "kind", "priority"],
] as const;

export type Address = Partial<Record<(typeof NAMES)[number], string | undefined>>;

export function readAddress(search: Record<string, unknown>): Address {
  const given = NAMES.filter((name) => search[name] !== undefined && search[name] !== "");
  return Object.fromEntries(given.map((name) => [name, String(search[name])]));
}

export function useAddress() {
  const address = useSearch({ strict: false }) as Address;
  const navigate = useNavigate();
  const change = (next: Address) =>
    void navigate({
      to: ".",
      search: (now: Address) => ({ ...now, ...next }),
      resetScroll: false,
      replace: Object.values(next).every((value) => value === undefined), // closing leaves no trace
    });
  return [address, change] as const;
}

/** A token handed over behind the #, taken once and removed, so that no history and no screenshot keeps it. */
export function takeHash(): string {
  const token = decodeURIComponent(location.hash.slice(1));
  if (token) history.replaceState(history.state, "", location.pathname + location.search);
  return token;
}
