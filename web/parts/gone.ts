// After something is deleted, the rest is asked anew, but not what was deleted: the answer would be a refusal.

import type { Query } from "@tanstack/react-query";

const LOOKED_FOR = 100; // of more than that, none has its own page open

export function isNotOf(ids: readonly string[]) {
  const gone = ids.slice(0, LOOKED_FOR);
  return ({ queryKey }: Pick<Query, "queryKey">) => {
    const key = JSON.stringify(queryKey);
    return !gone.some((id) => key.includes(id));
  };
}
