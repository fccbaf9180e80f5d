import { groupChoices } from "../views/groups.ts";
import { useRecordList } from "../views/useRecordList.ts";
import { useContactFilters } from "./filters.ts";
import type { ContactSearch } from "./queries.ts";
import { contactsSource } from "./source.ts";

/** A list of contacts as the address narrows and orders it, within what is fixed: all, those of a list, of a company. */
export function useContactList(fixed?: ContactSearch) {
  const { fields, searchOf } = useContactFilters();
  return useRecordList({
    subject: "contacts",
    table: "contacts",
    fields,
    searchOf,
    fixed,
    sourceOf: contactsSource,
    groups: groupChoices(["stage", "owner", "company"]),
  });
}

export type ContactListState = ReturnType<typeof useContactList>;
