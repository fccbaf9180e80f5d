import type { Input, Output } from "@cadenza/sdk";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { save } from "../../../parts/download.ts";
import { api } from "../../../session.ts";

export type ImportKind = ImportPreview["kind"];
export type ImportPreview = Output<"imports", "preview">["preview"];
export type Imported = Output<"imports", "get">["import"];
export type RowOfImport = Output<"imports", "rows">["rows"][number];
export type ImportTrial = Output<"imports", "create">;
export type ImportInput = Omit<Input<"imports", "create">, "file" | "text">;
export type ImportRowResult = RowOfImport["verdict"];

const LOOKED_AT = 262_144;
const LOOK_EVERY_MS = 700;

/** Only the beginning travels: the rest is not looked at yet. */
export function usePreview() {
  return useMutation({
    mutationFn: async ({
      file,
      kind,
      mapping,
    }: {
      file: File;
      kind: ImportKind;
      mapping?: ImportPreview["mapping"];
    }) => {
      const isPart = file.size > LOOKED_AT;
      const part = isPart ? new File([file.slice(0, LOOKED_AT)], file.name) : file;
      const { preview } = await api.imports.preview({
        file: part,
        kind,
        is_part: isPart,
        ...(mapping && { mapping }),
      });
      return preview;
    },
  });
}

type Bringing = { file: File; wish: ImportInput };

export function useTry() {
  return useMutation({
    mutationFn: ({ file, wish }: Bringing) => api.imports.create({ file, ...wish }, { dryRun: true }),
  });
}

export function useBringIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, wish }: Bringing) => api.imports.create({ file, ...wish }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["imports"] }),
  });
}

export const importsQuery = (kind: ImportKind) =>
  queryOptions({
    queryKey: ["imports", "list", kind],
    queryFn: async () => (await api.imports.list({ kind, per_page: 10 })).imports,
  });

export const isUnderWay = (status: Imported["status"]) =>
  status === "pending" || status === "running" || status === "undoing";

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["imports", id],
    queryFn: () => api.imports.get({ id }),
    refetchInterval: ({ state }) =>
      !state.data || isUnderWay(state.data.import.status) ? LOOK_EVERY_MS : false,
  });

export const rowsQuery = (id: string, verdict: ImportRowResult | null, page: number, state: string) =>
  queryOptions({
    queryKey: ["imports", id, "rows", verdict, page, state],
    queryFn: () => api.imports.rows({ id, page, per_page: 50, ...(verdict && { verdict }) }),
    placeholderData: keepPreviousData,
  });

const MOST_MENDED = 1_000;
const ROWS_AT_ONCE = 100;

/** The contacts of a file that did not join its sequence: as many as can be added at once, and how many there are. */
export const notEnrolledQuery = (id: string) =>
  queryOptions({
    queryKey: ["imports", id, "not enrolled"],
    queryFn: async () => {
      const contactIds = new Set<string>();
      let [after_row, total] = [0, 0];
      while (contactIds.size < MOST_MENDED) {
        const asked = { id, enrollment: "not_enrolled", after_row, per_page: ROWS_AT_ONCE } as const;
        const { rows, pagination } = await api.imports.rows(asked);
        total ||= pagination.total_entries;
        for (const { contact_id } of rows) if (contact_id) contactIds.add(contact_id);
        after_row = rows.at(-1)?.row ?? after_row;
        if (rows.length < ROWS_AT_ONCE) break;
      }
      return { contactIds: [...contactIds].slice(0, MOST_MENDED), total };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

export function useStop(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (jobId: string) => api.progress.cancel({ id: jobId }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["imports", id] }),
  });
}

export function useUndo(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.imports.undo({ id }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["imports", id] }),
  });
}

/** All rows, or those with this result. */
export async function downloadRows(id: string, verdict: ImportRowResult | null) {
  const file = await api.imports.rows.csv({ id, ...(verdict && { verdict }) });
  save(new Blob([await file.bytes()], { type: "text/csv" }), "import.csv");
}
