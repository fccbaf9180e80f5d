// What several users may change is read anew before it is saved. Where another user saved something else since it was shown, nothing
// is sent: both versions are shown, and the user decides.

import { type FetchQueryOptions, type QueryKey, useQueryClient } from "@tanstack/react-query";

export class ChangedElsewhere extends Error {}

/** Throws unless what is saved now is what was shown. What was read is shown from then on. */
export function useReadFirst() {
  const queries = useQueryClient();
  return async <Data, Key extends QueryKey>(
    query: FetchQueryOptions<Data, Error, Data, Key>,
    isAsShown: (now: Data) => boolean,
  ) => {
    const now = await queries.fetchQuery({ ...query, staleTime: 0 });
    if (!isAsShown(now)) throw new ChangedElsewhere();
  };
}

/**
 * The same for one record of a list. `told` picks what its form shows of it; null stands for a new record, which no other user can
 * have changed. A record that is gone is refused by the server.
 */
export function useReadShown() {
  const readFirst = useReadFirst();
  return async <Row extends { id: string }, Key extends QueryKey>(
    query: FetchQueryOptions<Row[], Error, Row[], Key>,
    shown: Row | null,
    told: (row: Row) => unknown,
  ) => {
    if (!shown) return;
    const before = JSON.stringify(told(shown));
    await readFirst(query, (now) =>
      now.every((one) => one.id !== shown.id || JSON.stringify(told(one)) === before),
    );
  };
}
