type Period = { limit: number; consumed: number; left_over: number };
export type Calls = { name: string; day: Period; hour: Period; minute: Period };

/** The busiest calls first, without unused ones. Each key is a pair, printed. */
export function readCalls(stats: Record<string, Omit<Calls, "name">>): Calls[] {
  return Object.entries(stats)
    .map(([pair, periods]) => ({ name: nameOf(pair), ...periods }))
    .filter(({ day }) => day.consumed > 0)
    .sort((a, b) => b.day.consumed - a.day.consumed || a.name.localeCompare(b.name));
}

function nameOf(pair: string) {
  try {
    return (JSON.parse(pair) as string[]).join("/").replace("api/v1/", "");
  } catch {
    return pair;
  }
}
