import { queryOptions, useMutation } from "@tanstack/react-query";
import { api } from "../../../session.ts";
import { useRefreshSequences } from "../sequences/queries.ts";
import type { FileText } from "./dropped.ts";

export type Applied = Awaited<ReturnType<typeof api.sequences.importFiles>>;
export type Planned = Applied["plan"][number];
export type Change = Planned["changes"][number];
export type Finding = Applied["findings"][number];
export type MailPreview = NonNullable<Applied["previews"]>[number];

export type ApplyWish = { files: readonly FileText[]; move: boolean; overwrite: boolean };

export const exportQuery = (id: string) =>
  queryOptions({
    queryKey: ["sequences", id, "export"],
    queryFn: ({ signal }) => api.sequences.exportFiles({ id }, { signal }),
    staleTime: 0,
  });

/** Which file the sequence comes from, and what was edited here since. */
export const appliedFileQuery = (id: string) =>
  queryOptions({
    queryKey: ["sequences", id, "file"],
    queryFn: async ({ signal }) => (await api.sequences.appliedFile({ id }, { signal })).applied,
  });

/** Who edited it, newest first. */
export const editsQuery = (id: string, since: string) =>
  queryOptions({
    queryKey: ["sequences", id, "edits", since],
    queryFn: async () => {
      const { history } = (await api.explain.sequence({ id })).explain;
      return history.filter(
        ({ at, event }) => event === "sequence.changed" && Date.parse(at) > Date.parse(since),
      );
    },
  });

export const planQuery = ({ files, ...wish }: ApplyWish, contactId: string | null) =>
  queryOptions({
    queryKey: ["trying", "files", files, wish, contactId],
    queryFn: ({ signal }) =>
      api.sequences.importFiles(
        { files: [...files], ...wish, ...(contactId && { preview_contact_id: contactId }) },
        { dryRun: true, signal },
      ),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

export function useApplyFiles() {
  const refresh = useRefreshSequences();
  return useMutation({
    mutationFn: ({ files, ...wish }: ApplyWish) => api.sequences.importFiles({ files: [...files], ...wish }),
    onSuccess: refresh,
  });
}
