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
