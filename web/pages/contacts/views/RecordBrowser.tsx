import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Empty } from "../../../parts/Empty.tsx";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import { RecordTable } from "../../../parts/records/RecordTable.tsx";
import { stillStands } from "../../../parts/records/still-stands.ts";
import { leaveTrail } from "../../../parts/records/trail.ts";
import { type Export, ExportMenu } from "./ExportMenu.tsx";
import type { ViewSubject } from "./queries.ts";
import { RecordTools } from "./RecordTools.tsx";
import { shownColumns } from "./shown-columns.ts";
import type { RecordList } from "./useRecordList.ts";

type Words = {
  /** "Contacts" */
  many: string;
  /** "All contacts" */
  all: string;
  /** "Search contacts" */
  search: string;
  /** Where a search finds none, and the way back from it. */
  none: string;
  showAll: string;
};

type Props<Row, Search> = {
  subject: ViewSubject;
  /** Under which its pages stand, and whose trail is left. */
  place: "contacts" | "companies" | "deals";
  words: Words;
  list: RecordList<Row, Search>;
  columns: readonly RecordColumn<Row>[];
  rowName: (row: Row) => string;
  /** What is decided stands back. */
  isOver?: (row: Row) => boolean;
  open: (id: string) => void;
  /** The saved views are of the whole, and not of a list of some. */
  isWhole: boolean;
  empty: ReactNode;
  /** All that match, as a file. */
  onExport: Export;
  /** In which other shape the records can be looked at. */
  beside?: ReactNode;
};

/** Records to search, narrow, arrange and choose from. */
export function RecordBrowser<Row extends { id: string }, Search>(props: Props<Row, Search>) {
  const { subject, place, words, list, columns, rowName, isOver, open, isWhole, empty, beside, onExport } =
    props;
  const shown = shownColumns(columns, list.view.layout.now);
  return (
    <>
      <RecordTools
        subject={subject}
        words={words}
        list={list}
        isWhole={isWhole}
        isTable
        beside={
          <>
            <ExportMenu onExport={onExport} shown={shown} isEmpty={list.rows.matches === 0} />
            {beside}
          </>
        }
      />
      <RecordTable
        label={words.many}
        columns={columns}
        rows={list.rows}
        rowKey={({ id }) => id}
        rowName={rowName}
        href={({ id }) => `/${place}/${id}`}
        onOpen={({ id }, index) => {
          leaveTrail(place, { source: list.source, keyOf: ({ id: one }) => one, index });
          open(id);
        }}
        onPeek={({ id }) => list.setPeek(id === list.peek ? undefined : id)}
        selection={list.selection}
        sort={list.sort}
        onSort={list.setSort}
        table={place}
        layout={list.view.layout}
        stays={(row, index) => stillStands(list, row, index)}
        rowState={(row) => (row.id === list.peek ? "peeked" : isOver?.(row) ? "over" : undefined)}
        empty={
          list.isNarrowed ? (
            <Empty says={words.none}>
              <Button variant="default" onClick={list.widen}>
                {words.showAll}
              </Button>
            </Empty>
          ) : (
            empty
          )
        }
      />
    </>
  );
}
