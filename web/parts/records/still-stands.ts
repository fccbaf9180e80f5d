import type { Sort } from "./RecordTable.tsx";
import type { Windowed, WindowSource } from "./useWindowed.ts";

type List<Row> = {
  source: WindowSource<Row>;
  rows: Windowed<Row>;
  isNarrowed: boolean;
  sort: Sort | null;
};

/** Whether a row that was changed would still be found, and between the same neighbors. Asked beside the list, which stays. */
export async function stillStands<Row extends { id: string }>(list: List<Row>, row: Row, index: number) {
  const { source, rows, isNarrowed, sort } = list;
  const { size, reach = Number.POSITIVE_INFINITY } = source;
  const page = Math.floor(index / size);
  if (!(isNarrowed || sort) || (page + 1) * size > reach) return true;
  const found = (await source.fetch({ page: page + 1, size })).rows.map(({ id }) => id);
  const [before, after] = [rows.rows(index - 1, index)[0], rows.rows(index + 1, index + 2)[0]];
  const places = [before, row, after].map((one) => (one ? found.indexOf(one.id) : -1));
  if (places[1] === -1) return false;
  const known = places.filter((place) => place >= 0);
  return known.every((place, at) => at === 0 || place > (known[at - 1] ?? -1));
}
