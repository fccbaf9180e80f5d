import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { t } from "../../language/t.ts";
import { KeysFirst } from "../pageKeys.ts";
import { SelectionBar } from "../records/SelectionBar.tsx";
import type { RowNoun } from "../records/selected-words.ts";
import type { WindowSource } from "../records/useWindowed.ts";
import { toast } from "../toast.tsx";
import type { DeskRows } from "./useDeskRows.ts";

type Props<Row> = {
  list: DeskRows<Row>;
  noun: RowNoun;
  /** The verbs. */
  children: ReactNode;
};

/** Of so many at once it is still to be seen what was chosen. */
const MOST = 1000;

type ForChosenProps = { list: { selection: { isEmpty: boolean } }; children: ReactNode };

/** There while rows are chosen, and its keys come before those of the row that is open. */
export function ForChosen({ list, children }: ForChosenProps) {
  return list.selection.isEmpty ? null : <KeysFirst value={true}>{children}</KeysFirst>;
}

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
export function useChoosingAll<Row extends { id: string }>({ selection, windowed, isHidden }: DeskRows<Row>) {
  const [isBusy, setIsBusy] = useState(false);
  const chooseAll = async () => {
    setIsBusy(true);
    try {
      const rows = await allOf(windowed.source);
      selection.set(
        rows.filter((row) => !isHidden(row)).map((row) => [row.id, row] as const),
        true,
      );
    } catch {
      toast(t("The list could not be loaded. Your selection stays."));
    }
    setIsBusy(false);
  };
  return { isBusy, chooseAll };
}

function ChooseAll<Row extends { id: string }>({ list }: { list: DeskRows<Row> }) {
  const { selection, windowed, matches: total = 0 } = list;
  const { isBusy, chooseAll } = useChoosingAll(list);
  const isMore = windowed.isAtLeast || selection.chosen.size < total;
  if (!isMore || selection.chosen.size >= MOST) return null;
  return (
    <Button variant="subtle" loading={isBusy} onClick={() => void chooseAll()}>
      {windowed.isAtLeast || total > MOST
        ? t("Select the first {most, number}", { most: MOST })
        : t("Select all {total, number}", { total })}
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
