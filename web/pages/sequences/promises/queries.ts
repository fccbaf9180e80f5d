import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../../session.ts";
import { type FileRequest, keyOf } from "../enrolling/file.ts";
import type { JoinInput } from "../enrolling/wish.ts";

export type PromiseResult = NonNullable<Awaited<ReturnType<typeof api.promises.show>>["promised"]>;
export type AddPromise = Awaited<ReturnType<typeof api.promises.create>>["promise"];

/** When those who would be added begin. It takes longer than whether they may, so it is asked by itself. */
export function promiseQuery(request: JoinInput) {
  return queryOptions({
    queryKey: ["joining", "promise", request] as readonly unknown[],
    queryFn: async ({ signal }): Promise<AddPromise> =>
      (await api.promises.create(request, { signal })).promise,
    staleTime: 0,
    gcTime: 60_000,
    retry: false,
  });
}

/** The same of those whom a file would bring in. */
export function filePromiseQuery({ file, wish }: FileRequest) {
  return queryOptions({
    queryKey: ["joining", "file promise", ...keyOf({ file, wish })] as readonly unknown[],
    queryFn: async ({ signal }): Promise<AddPromise> =>
      (await api.imports.promise({ file, ...wish }, { signal })).promise,
    staleTime: 0,
    gcTime: 60_000,
    retry: false,
  });
}

export function promisedQuery(sequenceId: string, requestId?: string) {
  return queryOptions({
    queryKey: ["joining", "promised", sequenceId, requestId ?? "all"],
    queryFn: async ({ signal }) =>
      (await api.promises.show({ id: sequenceId, ...(requestId && { request_id: requestId }) }, { signal }))
        .promised,
    placeholderData: keepPreviousData,
  });
}
