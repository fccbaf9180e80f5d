import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useKept } from "../../../parts/kept.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { mentionedIn } from "./mentioning.ts";
import classes from "./Notes.module.css";
import { NoteText } from "./NoteText.tsx";
import { type NoteSubject, useColleagues, useWriteNote } from "./queries.ts";

type Props = { about: NoteSubject; autoFocus?: boolean; onDone?: () => void };

/** A new note. What is typed stays until it is saved. */
export function NoteForm({ about, autoFocus = false, onDone }: Props) {
  const { value: text, keep } = useKept(`note-${Object.values(about).join()}`, "");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const colleagues = useColleagues();
  const write = useWriteNote();
  const send = () => {
    if (!text.trim() || write.isPending) return;
    const wish = {
      ...about,
      content: text.trim(),
      mentioned_user_ids: mentionedIn(text, colleagues, chosen),
    };
    write.mutate(wish, {
      onSuccess: () => {
        keep(() => "");
        onDone?.();
      },
    });
  };
  return (
    <form
      className={classes.writing}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <NoteText
        label={t("New note")}
        placeholder={t("Write a note. @ mentions a teammate.")}
        value={text}
        colleagues={colleagues}
        autoFocus={autoFocus}
        minRows={2}
        maxRows={12}
        onChange={(next) => keep(() => next)}
        onMention={(id) => setChosen(new Set([...chosen, id]))}
        onSend={send}
        {...(onDone && { onEscape: onDone })}
      />
      <Trouble error={write.error} doing="writing" />
      {(text.trim() || onDone) && (
        <div className="row end">
          {onDone && (
            <Button variant="subtle" color="gray" onClick={onDone}>
              {t("Cancel")}
            </Button>
          )}
          <Button type="submit" variant="default" loading={write.isPending} disabled={!text.trim()}>
            {t("Save note")}
          </Button>
        </div>
      )}
    </form>
  );
}
