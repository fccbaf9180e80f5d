/** Which is next once these are gone: the one after the last of them, or the one before at the end. */
export function nextAfter(all: readonly string[], gone: readonly string[]) {
  const left = new Set(gone);
  const last = all.findLastIndex((id) => left.has(id));
  if (last < 0) return all[0];
  return (
    all.slice(last + 1).find((id) => !left.has(id)) ?? all.slice(0, last).findLast((id) => !left.has(id))
  );
}
