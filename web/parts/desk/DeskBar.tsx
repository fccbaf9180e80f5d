import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { figure } from "../figures.ts";
import { SelectionBar } from "../records/SelectionBar.tsx";
import type { WindowSource } from "../records/useWindowed.ts";
import { toast } from "../toast.tsx";
import type { DeskRows } from "./useDeskRows.ts";

type Props<Row> = {
  list: DeskRows<Row>;
  noun: readonly [one: string, many: string];
  /** The verbs. */
  children: ReactNode;
};

/** Of so many at once it is still to be seen what was chosen. */
const MOST = 1000;

/** What can be done with the chosen rows of a desk. */
export function DeskBar<Row extends { id: string }>({ list, noun, children }: Props<Row>) {
  return (
    <SelectionBar selection={list.selection} total={0} noun={noun}>
      <ChooseAll list={list} />
      {children}
    </SelectionBar>
  );
}

/** Row by row, so that what is chosen is what was there: what comes in later is not. */
function ChooseAll<Row extends { id: string }>({ list }: { list: DeskRows<Row> }) {
  const { selection, windowed, total = 0, isHidden } = list;
  const [isBusy, setIsBusy] = useState(false);
  const isMore = windowed.isAtLeast || selection.chosen.size < total;
  if (!isMore || selection.chosen.size >= MOST) return null;
  const choose = async () => {
    setIsBusy(true);
    try {
      const rows = await allOf(windowed.source);
      selection.set(
        rows.filter((row) => !isHidden(row)).map((row) => [row.id, row] as const),
        true,
      );
    } catch {
      toast("They could not be fetched. What was chosen stays chosen.");
    }
    setIsBusy(false);
  };
  const many = windowed.isAtLeast || total > MOST ? `the first ${figure(MOST)}` : `all ${figure(total)}`;
  return (
    <Button variant="subtle" loading={isBusy} onClick={() => void choose()}>
      Choose {many}
    </Button>
  );
}

async function allOf<Row>({ fetch, size }: WindowSource<Row>) {
  const rows: Row[] = [];
  for (let page = 1; rows.length < MOST; page++) {
    const some = await fetch({ page, size });
    rows.push(...some.rows);
    if (some.rows.length < size) break;
  }
  return rows.slice(0, MOST);
}
