// What several users may change is read anew before it is saved. Where another user saved something else since it was shown, nothing
// is sent: both versions are shown, and the user decides. What is sent names the version that was read, so a change that comes in
// between is not overwritten either.

import { Refused } from "@cadenza/sdk";
import { type FetchQueryOptions, type QueryKey, useQueryClient } from "@tanstack/react-query";

export class ChangedElsewhere extends Error {}

/** The server refused a change because the record is no longer as it was read. */
export const isOvertaken = (error: unknown) =>
  error instanceof Refused && error.code === "changed_since_read";

/** Throws unless what is saved now is what was shown. What was read is shown from then on. */
export function useReadFirst() {
  const queries = useQueryClient();
  return async <Data, Key extends QueryKey, Answer>(
    query: FetchQueryOptions<Data, Error, Data, Key>,
    isAsShown: (now: Data) => boolean,
    write: (now: Data) => Promise<Answer>,
  ): Promise<Answer> => {
    const read = () => queries.fetchQuery({ ...query, staleTime: 0 });
    const now = await read();
    if (!isAsShown(now)) throw new ChangedElsewhere();
    try {
      return await write(now);
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      await read();
      throw new ChangedElsewhere();
    }
  };
}

type Versioned = { id: string; etag?: string | undefined };

/** What a change of a record is sent with. */
export type IfMatch = { ifMatch?: string | undefined };

/** The version that a change was made to. A page that changes a record says it. */
export type Version = { ifMatch: string | undefined };

/**
 * The same for one record of a list. `told` picks what its form shows of it; null stands for a new record, which no other user can
 * have changed. A record that is gone is refused by the server.
 */
export function useReadShown() {
  const readFirst = useReadFirst();
  return async <Row extends Versioned, Key extends QueryKey, Answer>(
    query: FetchQueryOptions<Row[], Error, Row[], Key>,
    { shown, told }: { shown: Row | null; told: (row: Row) => unknown },
    write: (given: IfMatch) => Promise<Answer>,
  ): Promise<Answer> => {
    if (!shown) return write({});
    const before = JSON.stringify(told(shown));
    return readFirst(
      query,
      (now) => now.every((one) => one.id !== shown.id || JSON.stringify(told(one)) === before),
      (now) => write({ ifMatch: now.find(({ id }) => id === shown.id)?.etag }),
    );
  };
}
