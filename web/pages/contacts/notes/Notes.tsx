import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { NoteCard } from "./NoteCard.tsx";
import classes from "./Notes.module.css";
import { type NoteSubject, useNotes, useWriteNote } from "./queries.ts";

/** What people have written down about a record, and writing more. */
export function Notes({ about }: { about: NoteSubject }) {
  const notes = useNotes(about);
  return (
    <div className="stack">
      <Writing about={about} />
      <Trouble error={notes.error} onRetry={() => void notes.refetch()} />
      {notes.data?.length === 0 && <p className="soft">{t("No notes yet.")}</p>}
      <ul className={classes.notes}>
        {notes.data?.map((note) => (
          <NoteCard key={note.id} note={note} about={about} />
        ))}
      </ul>
    </div>
  );
}

function Writing({ about }: { about: NoteSubject }) {
  const [text, setText] = useState("");
  const write = useWriteNote();
  const send = () => {
    if (text.trim()) write.mutate({ ...about, content: text.trim() }, { onSuccess: () => setText("") });
  };
  return (
    <form
      className={classes.writing}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        aria-label={t("New note")}
        placeholder={t("Write a note")}
        autosize
        minRows={2}
        maxRows={12}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send();
        }}
      />
      <Trouble error={write.error} doing="writing" />
      {text.trim() && (
        <div className="row end">
          <Button type="submit" variant="default" loading={write.isPending}>
            {t("Save note")}
          </Button>
        </div>
      )}
    </form>
  );
}
