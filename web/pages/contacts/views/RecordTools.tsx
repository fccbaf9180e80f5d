import type { ReactNode } from "react";
import { FilterBar } from "../../../parts/filters/FilterBar.tsx";
import classes from "../../../parts/filters/ListTools.module.css";
import { SearchBox } from "../../../parts/SearchBox.tsx";
import { GroupMenu } from "./GroupMenu.tsx";
import type { ViewSubject } from "./queries.ts";
import type { RecordList } from "./useRecordList.ts";
import { ViewPicker } from "./ViewPicker.tsx";

type Props = {
  subject: ViewSubject;
  words: { all: string; search: string };
  list: Pick<
    RecordList<never, unknown>,
    ("view" | "q" | "setQ" | "fields" | "filter" | "setFilter") | ("groups" | "group" | "setGroup")
  >;
  /** The saved views are of the whole, and not of a list of some. */
  isWhole: boolean;
  /** Rows stand below each other, and can be grouped. */
  isTable: boolean;
  /** In which other shape the records can be looked at. */
  beside?: ReactNode;
};

/** Above a list of records: its saved views, the words searched for, and the filters. */
export function RecordTools({ subject, words, list, isWhole, isTable, beside }: Props) {
  return (
    <div className={classes.tools}>
      {isWhole && <ViewPicker subject={subject} shown={list.view} all={words.all} />}
      <div className={classes.search}>
        <SearchBox label={words.search} value={list.q} onChange={list.setQ} />
      </div>
      <FilterBar fields={list.fields} value={list.filter} onChange={list.setFilter} />
      {isTable && <GroupMenu choices={list.groups} group={list.group} onChoose={list.setGroup} />}
      {beside}
    </div>
  );
}
