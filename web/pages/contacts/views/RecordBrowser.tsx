import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Empty } from "../../../parts/Empty.tsx";
import { FilterBar } from "../../../parts/filters/FilterBar.tsx";
import classes from "../../../parts/filters/ListTools.module.css";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import { RecordTable } from "../../../parts/records/RecordTable.tsx";
import { leaveTrail } from "../../../parts/records/trail.ts";
import { SearchBox } from "../../../parts/SearchBox.tsx";
import type { ViewSubject } from "./queries.ts";
import type { RecordList } from "./useRecordList.ts";
import { ViewPicker } from "./ViewPicker.tsx";

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
  place: "contacts" | "companies";
  words: Words;
  list: RecordList<Row, Search>;
  columns: readonly RecordColumn<Row>[];
  rowName: (row: Row) => string;
  open: (id: string) => void;
  /** The saved views are of the whole, and not of a list of some. */
  isWhole: boolean;
  empty: ReactNode;
};

/** Records to search, narrow, arrange and choose from. */
export function RecordBrowser<Row extends { id: string }, Search>(props: Props<Row, Search>) {
  const { subject, place, words, list, columns, rowName, open, isWhole, empty } = props;
  return (
    <>
      <div className={classes.tools}>
        {isWhole && <ViewPicker subject={subject} shown={list.view} all={words.all} />}
        <div className={classes.search}>
          <SearchBox label={words.search} value={list.q} onChange={list.setQ} />
        </div>
        <FilterBar fields={list.fields} value={list.filter} onChange={list.setFilter} />
      </div>
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
        rowState={({ id }) => (id === list.peek ? "peeked" : undefined)}
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
