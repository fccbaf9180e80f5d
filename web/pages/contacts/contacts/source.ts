import type { Sort } from "../../../parts/records/RecordTable.tsx";
import { sortedBy } from "../../../parts/records/sort.ts";
import type { WindowSource } from "../../../parts/records/useWindowed.ts";
import { api } from "../../../session.ts";
import type { ContactGroup, ContactSearch, FoundContact } from "./queries.ts";

/** A page of rows is one answer: small enough to be there at once, large enough for a screen and a half. */
const AT_ONCE = 50;
const PAGES_REACH = 50_000;

export function contactsSource(
  search: ContactSearch,
  sort: Sort | null,
  group?: string,
): WindowSource<FoundContact> {
  const ordered = {
    ...search,
    ...sortedBy(sort),
    ...(group && { group_by: group as ContactGroup }),
  };
  return {
    key: ["contacts", "found", ordered],
    size: AT_ONCE,
    reach: PAGES_REACH,
    fetch: async ({ page, size, cursor }) => {
      const found = await api.contacts.search({
        ...ordered,
        per_page: size,
        ...(cursor ? { cursor } : { page }),
      });
      const { total_entries, next_cursor } = found.pagination;
      return {
        rows: found.contacts,
        total: total_entries,
        isAtLeast: total_entries >= PAGES_REACH,
        cursor: next_cursor,
        groups: found.groups,
      };
    },
  };
}
