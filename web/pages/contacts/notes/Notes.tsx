import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { NoteCard } from "./NoteCard.tsx";
import { NoteForm } from "./NoteForm.tsx";
import classes from "./Notes.module.css";
import { type NoteSubject, useNotes } from "./queries.ts";

/** What people have written down about a record, and writing more. */
export function Notes({ about }: { about: NoteSubject }) {
  const notes = useNotes(about);
  return (
    <div className="stack">
      <NoteForm about={about} />
      <Trouble error={notes.error} onRetry={() => void notes.refetch()} />
      {notes.data?.length === 0 && <p className="soft">{t("No notes yet.")}</p>}
      <ul className={classes.notes}>
        {notes.data?.map((note) => (
          <li key={note.id}>
            <NoteCard note={note} about={about} />
          </li>
        ))}
      </ul>
    </div>
  );
}
