import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Empty } from "../../parts/Empty.tsx";
import { FilterBar } from "../../parts/filters/FilterBar.tsx";
import { RecordTable } from "../../parts/records/RecordTable.tsx";
import { leaveTrail } from "../../parts/records/trail.ts";
import { SearchBox } from "../../parts/SearchBox.tsx";
import { ViewPicker } from "../views/ViewPicker.tsx";
import { ContactBar } from "./ContactBar.tsx";
import classes from "./ContactList.module.css";
import { ContactPeek } from "./ContactPeek.tsx";
import { useContactColumns } from "./columns.tsx";
import type { ContactListState } from "./useContactList.ts";
import { nameOf } from "./words.tsx";

type Props = {
  list: ContactListState;
  /** Where nobody is in it at all. */
  empty: ReactNode;
  /** The list whose page this is, off which the chosen can be taken. */
  ofList?: { id: string; name: string };
};

/** Contacts to search, narrow, arrange and choose from. */
export function ContactBrowser({ list, empty, ofList }: Props) {
  const columns = useContactColumns();
  const navigate = useNavigate();
  const open = (id: string, index: number) => {
    leaveTrail("contacts", { source: list.source, keyOf: ({ id: one }) => one, index });
    void navigate({ to: "/contacts/$id", params: { id } });
  };
  return (
    <>
      <div className={classes.tools}>
        {!ofList && <ViewPicker subject="contacts" shown={list.view} all="All contacts" />}
        <div className={classes.search}>
          <SearchBox label="Search contacts" value={list.q} onChange={list.setQ} />
        </div>
        <FilterBar fields={list.fields} value={list.filter} onChange={list.setFilter} />
      </div>
      <RecordTable
        label="Contacts"
        columns={columns}
        rows={list.rows}
        rowKey={({ id }) => id}
        rowName={nameOf}
        href={({ id }) => `/contacts/${id}`}
        onOpen={({ id }, index) => open(id, index)}
        onPeek={({ id }) => list.setPeek(id === list.peek ? undefined : id)}
        selection={list.selection}
        sort={list.sort}
        onSort={list.setSort}
        storageKey={list.storageKey}
        chosenColumns={list.view.chosenColumns}
        {...(list.view.onColumns && { onColumns: list.view.onColumns })}
        rowState={({ id }) => (id === list.peek ? "peeked" : undefined)}
        empty={
          list.isNarrowed ? (
            <Empty says="Nobody matches this.">
              <Button variant="default" onClick={list.widen}>
                Show everybody
              </Button>
            </Empty>
          ) : (
            empty
          )
        }
      />
      <ContactBar list={list} {...(ofList && { ofList })} />
      {list.peek && (
        <ContactPeek
          id={list.peek}
          onClose={() => list.setPeek(undefined)}
          onOpen={() => void navigate({ to: "/contacts/$id", params: { id: list.peek ?? "" } })}
        />
      )}
    </>
  );
}
