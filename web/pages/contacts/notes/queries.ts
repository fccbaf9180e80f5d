import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Note = Awaited<ReturnType<typeof api.notes.list>>["notes"][number];
export type NoteSubject = { contact_id: string } | { account_id: string } | { opportunity_id: string };

/** The pinned first, then the latest: as one wants to read them. */
export function useNotes(about: NoteSubject) {
  return useQuery({
    queryKey: ["notes", about],
    queryFn: async () => {
      const { notes } = await api.notes.list({ ...about, limit: 100 });
      return notes.toSorted((one, other) => Number(other.pinned_to_top) - Number(one.pinned_to_top));
    },
  });
}

function useNoteWrite<Wish, Answer>(write: (wish: Wish) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSuccess: () =>
      Promise.all(["notes", "story"].map((noun) => queries.invalidateQueries({ queryKey: [noun] }))),
  });
}

export const useWriteNote = () =>
  useNoteWrite((wish: NoteSubject & { content: string; pinned_to_top?: boolean }) => api.notes.create(wish));
export const useChangeNote = () =>
  useNoteWrite((wish: { id: string; content: string }) => api.notes.update(wish));
export const usePinNote = () => useNoteWrite((wish: { id: string; pinned: boolean }) => api.notes.pin(wish));
export const useDeleteNote = () => useNoteWrite((id: string) => api.notes.delete({ id }));
