import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";
import { usePeople } from "../../settings/people/queries.ts";

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
      Promise.all(
        ["notes", "story", "inbox", "mentions"].map((noun) =>
          queries.invalidateQueries({ queryKey: [noun] }),
        ),
      ),
  });
}

type NoteWords = { content: string; mentioned_user_ids: string[] };

export const useWriteNote = () =>
  useNoteWrite((wish: NoteSubject & NoteWords & { pinned_to_top?: boolean }) => api.notes.create(wish));
export const useChangeNote = () => useNoteWrite((wish: NoteWords & { id: string }) => api.notes.update(wish));
export const usePinNote = () => useNoteWrite((wish: { id: string; pinned: boolean }) => api.notes.pin(wish));
export const useDeleteNote = () => useNoteWrite((id: string) => api.notes.delete({ id }));

/** Those who can be mentioned. */
export function useColleagues() {
  const { data: people = [] } = usePeople();
  return people.filter(({ state }) => state === "active");
}
