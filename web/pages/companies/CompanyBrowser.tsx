import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Empty } from "../../parts/Empty.tsx";
import { FilterBar } from "../../parts/filters/FilterBar.tsx";
import { RecordTable } from "../../parts/records/RecordTable.tsx";
import { leaveTrail } from "../../parts/records/trail.ts";
import { SearchBox } from "../../parts/SearchBox.tsx";
import { ViewPicker } from "../views/ViewPicker.tsx";
import classes from "./Companies.module.css";
import { CompanyBar } from "./CompanyBar.tsx";
import { CompanyPeek } from "./CompanyPeek.tsx";
import { nameOf, useCompanyColumns } from "./columns.tsx";
import type { CompanyListState } from "./useCompanyList.ts";

type Props = { list: CompanyListState; empty: ReactNode; ofList?: { id: string; name: string } };

/** Companies to search, narrow, arrange and choose from. */
export function CompanyBrowser({ list, empty, ofList }: Props) {
  const columns = useCompanyColumns();
  const navigate = useNavigate();
  const open = (id: string, index: number) => {
    leaveTrail("companies", { source: list.source, keyOf: ({ id: one }) => one, index });
    void navigate({ to: "/companies/$id", params: { id } });
  };
  return (
    <>
      <div className={classes.tools}>
        {!ofList && <ViewPicker subject="accounts" shown={list.view} all="All companies" />}
        <div className={classes.search}>
          <SearchBox label="Search companies" value={list.q} onChange={list.setQ} />
        </div>
        <FilterBar fields={list.fields} value={list.filter} onChange={list.setFilter} />
      </div>
      <RecordTable
        label="Companies"
        columns={columns}
        rows={list.rows}
        rowKey={({ id }) => id}
        rowName={nameOf}
        href={({ id }) => `/companies/${id}`}
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
            <Empty says="No company matches this.">
              <Button variant="default" onClick={list.widen}>
                Show all
              </Button>
            </Empty>
          ) : (
            empty
          )
        }
      />
      <CompanyBar list={list} {...(ofList && { ofList })} />
      {list.peek && (
        <CompanyPeek
          id={list.peek}
          onClose={() => list.setPeek(undefined)}
          onOpen={() => void navigate({ to: "/companies/$id", params: { id: list.peek ?? "" } })}
        />
      )}
    </>
  );
}
