// What a table needs to change a value in its place: the fact, and where its record is read and written.

import { type QueryClient, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { refusedIn } from "../fact-saved.ts";
import type { Fact, FactInput, FactValue } from "../facts/fact.ts";
import type { IfMatch } from "../read-first.ts";
import type { FetchedPage } from "./useWindowed.ts";

/** `kept`: the user wanted it after all as it was. */
type Written<Row> = { refused: string } | { row: Row } | { kept: true };

export type CellEdit<Row> = {
  label: string;
  input: (row: Row) => FactInput;
  refuses?: (value: FactValue) => string | undefined;
  /** The record as it is at the server now, which others may have changed. */
  read: (row: Row) => Promise<Row>;
  /** `ifMatch`: the version that was read; without it, what is saved now is overwritten in any case. */
  write: (row: Row, value: FactValue, ifMatch?: string) => Promise<Written<Row>>;
  /** The row is drawn as this from now on. */
  put: (row: Row) => void;
};

type RecordStore<Known, Change> = {
  read: (id: string) => Promise<Known>;
  write: (id: string, change: Change, ifMatch?: string) => Promise<Answer<Known>>;
  put: (record: Known & { id: string }) => void;
};

type Answer<Known> = { record: Known; refusals: Record<string, unknown> };

type Calls<Known, Change> = {
  /** Whose lists have the rows, as in "contacts"; and what else tells of a change. */
  noun: string;
  beside: readonly string[];
  read: (id: string) => Promise<Known>;
  write: (id: string, change: Change, given: IfMatch) => Promise<Answer<Known>>;
};

/** `calls`: the same object at every turn. */
export function useRecordStore<Known extends { id: string }, Change>(
  calls: Calls<Known, Change>,
): RecordStore<Known, Change> {
  const client = useQueryClient();
  return useMemo(() => {
    const put = (record: Known) => putRow(client, calls.noun, record);
    return {
      read: calls.read,
      put,
      write: async (id, change, ifMatch) => {
        const answer = await calls.write(id, change, { ifMatch });
        put(answer.record);
        for (const noun of [calls.noun, ...calls.beside]) void refreshAround(client, noun);
        return answer;
      },
    };
  }, [client, calls]);
}

/** The row in every list that has it. No list is asked anew, so that no row moves while it is worked on. */
function putRow<Row extends { id: string }>(client: QueryClient, noun: string, row: Row) {
  client.setQueriesData<FetchedPage<Row>>(
    { queryKey: [noun, "found"] },
    (page) =>
      page && { ...page, rows: page.rows.map((one) => (one.id === row.id ? { ...one, ...row } : one)) },
  );
}

const isList = (key: QueryKey) => key[1] === "found";

async function refreshAround(client: QueryClient, noun: string) {
  await Promise.all([
    client.invalidateQueries({ queryKey: [noun], predicate: ({ queryKey }) => !isList(queryKey) }),
    client.invalidateQueries({
      queryKey: [noun],
      predicate: ({ queryKey }) => isList(queryKey),
      refetchType: "none",
    }),
  ]);
}

/** Facts of a record as cells that can be edited. */
export function editorOf<Row extends Known & { id: string }, Known, Change>(
  store: RecordStore<Known, Change>,
) {
  return (fact: Fact<Known, Change>): CellEdit<Row> => ({
    label: fact.label,
    input: fact.input,
    ...(fact.refuses && { refuses: fact.refuses }),
    read: async (row) => ({ ...row, ...(await store.read(row.id)) }),
    write: async (row, value, ifMatch) => {
      const { record, refusals } = await store.write(row.id, fact.change(value, row), ifMatch);
      const refused = refusedIn(fact.label, refusals);
      return refused ? { refused } : { row: { ...row, ...record } };
    },
    put: store.put,
  });
}

export type EditorOf<Row, Known, Change> = (fact: Fact<Known, Change>) => CellEdit<Row>;
