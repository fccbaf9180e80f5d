import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useReadShown } from "../../../parts/read-first.ts";
import { api } from "../../../session.ts";
import { usePeople } from "../../settings/people/queries.ts";

export type Note = Awaited<ReturnType<typeof api.notes.list>>["notes"][number];
export type NoteSubject = { contact_id: string } | { account_id: string } | { opportunity_id: string };

/** The pinned first, then the latest: as one wants to read them. */
const notesQuery = (about: NoteSubject) =>
  queryOptions({
    queryKey: ["notes", about],
    queryFn: async () => {
      const { notes } = await api.notes.list({ ...about, limit: 100 });
      return notes.toSorted((one, other) => Number(other.pinned_to_top) - Number(one.pinned_to_top));
    },
  });

export const useNotes = (about: NoteSubject) => useQuery(notesQuery(about));

function useRereading() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ["notes", "story", "inbox", "mentions"].map((noun) => queries.invalidateQueries({ queryKey: [noun] })),
    );
}

type NoteWords = { content: string; mentioned_user_ids: string[] };
type NewNote = NoteSubject & NoteWords & { pinned_to_top?: boolean };

/** Reading the notes anew is not waited for: the form would still show what was typed beside the note that was made of it. */
export function useWriteNote() {
  const reread = useRereading();
  return useMutation({
    mutationFn: (wish: NewNote) => api.notes.create(wish),
    onSuccess: () => void reread(),
  });
}

/** Nor here: the card would be gone before it says that the note can be brought back. */
export function useDeleteNote() {
  const reread = useRereading();
  return useMutation({
    mutationFn: (id: string) => api.notes.delete({ id }),
    onSuccess: () => void reread(),
  });
}

/** `shown`: the note as it was when the change began. */
export function useChangeNote(about: NoteSubject, shown: Note) {
  const reread = useRereading();
  const readShown = useReadShown();
  return useMutation({
    mutationFn: (wish: NoteWords) =>
      readShown(notesQuery(about), { shown, told: ({ content }) => content }, (given) =>
        api.notes.update({ id: shown.id, ...wish }, given),
      ),
    onSettled: reread, // what others have saved is shown, too
  });
}

export const usePinNote = () =>
  useMutation({
    mutationFn: (wish: { id: string; pinned: boolean }) => api.notes.pin(wish),
    onSuccess: useRereading(),
  });

/** Those who can be mentioned. */
export function useColleagues() {
  const { data: people = [] } = usePeople();
  return people.filter(({ state }) => state === "active");
}
