import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconDots, IconNote, IconPin } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useKept } from "../../../parts/kept.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { useMe } from "../../../session.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { mentionedIn, partsOf } from "./mentioning.ts";
import classes from "./Notes.module.css";
import { NoteText } from "./NoteText.tsx";
import {
  type Note,
  type NoteSubject,
  useChangeNote,
  useColleagues,
  useDeleteNote,
  usePinNote,
  useWriteNote,
} from "./queries.ts";

type Props = {
  note: Note;
  about: NoteSubject;
  /** Beside emails the card says that it is a note. */
  isAmongEmails?: boolean;
};

export function NoteCard({ note, about, isAmongEmails = false }: Props) {
  const [isEdited, setIsEdited] = useState(false);
  const { data: people = [] } = usePeople();
  const writer = people.find(({ id }) => id === note.user_id)?.name ?? t("Former user");
  return (
    <article
      className={classes.note}
      data-pinned={note.pinned_to_top || undefined}
      data-among={isAmongEmails || undefined}
      aria-label={t("Note by {writer}", { writer })}
    >
      <div className={classes.head}>
        {isAmongEmails && (
          <span className={classes.kind} title={t("Only your team sees notes")}>
            <IconNote size="0.875rem" stroke={1.75} aria-hidden /> {t("Note")}
          </span>
        )}
        <span className={classes.writer}>{writer}</span>
        <span className="soft small">
          <Moment at={note.created_at} />
        </span>
        {note.pinned_to_top && (
          <span className={classes.pinned}>
            <IconPin size="0.875rem" stroke={1.75} aria-hidden /> {t("Pinned")}
          </span>
        )}
        <Verbs note={note} about={about} onEdit={() => setIsEdited(true)} />
      </div>
      {isEdited ? (
        <Editing note={note} about={about} onDone={() => setIsEdited(false)} />
      ) : (
        <Said note={note} />
      )}
    </article>
  );
}

/** Names of those who are mentioned stand out. */
function Said({ note }: { note: Note }) {
  const { data: people = [] } = usePeople();
  const mentioned = people.filter(({ id }) => note.mentioned_user_ids.includes(id));
  let at = 0;
  return (
    <p className={classes.text}>
      {partsOf(note.content, mentioned).map(({ text, id }) => {
        const key = at;
        at += text.length;
        return id === null ? (
          text
        ) : (
          <span key={key} className={classes.mention}>
            {text}
          </span>
        );
      })}
    </p>
  );
}

function Verbs({ note, about, onEdit }: { note: Note; about: NoteSubject; onEdit: () => void }) {
  const { user } = useMe();
  const pin = usePinNote();
  const remove = useDeleteNote();
  const write = useWriteNote();
  const isMine = note.user_id === user.id || user.role === "admin";
  const failed = (error: unknown) => toast(accountFor(error, "writing").happened);
  const forget = () =>
    remove.mutate(note.id, {
      onError: failed,
      onSuccess: () =>
        toast(t("Note deleted."), {
          undo: () =>
            write.mutateAsync({
              ...about,
              content: note.content,
              pinned_to_top: note.pinned_to_top,
              mentioned_user_ids: note.mentioned_user_ids,
            }),
        }),
    });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t("Note actions")} ml="auto">
          <IconDots size="1rem" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() => pin.mutate({ id: note.id, pinned: !note.pinned_to_top }, { onError: failed })}
        >
          {note.pinned_to_top ? t("Unpin") : t("Pin to top")}
        </Menu.Item>
        {isMine && <Menu.Item onClick={onEdit}>{t("Edit")}</Menu.Item>}
        {isMine && <Menu.Item onClick={forget}>{t("Delete")}</Menu.Item>}
        {!isMine && <Menu.Label>{t("Only the author or an admin can edit it")}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What is typed stays until it is saved or given up. */
function Editing({ note, about, onDone }: { note: Note; about: NoteSubject; onDone: () => void }) {
  const kept = useKept(`note-edit-${note.id}`, note.content);
  const text = kept.value;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(note.mentioned_user_ids));
  const colleagues = useColleagues();
  const change = useChangeNote(about, note);
  const leave = () => {
    kept.forget();
    onDone();
  };
  const keep = () => {
    if (!text.trim() || text === note.content) return leave();
    const wish = {
      content: text.trim(),
      mentioned_user_ids: mentionedIn(text, colleagues, chosen),
    };
    change.mutate(wish, { onSuccess: leave });
  };
  return (
    <div className="stack">
      <OtherVersion kept={kept} />
      <NoteText
        label={t("Note")}
        value={text}
        colleagues={colleagues}
        autoFocus
        maxRows={20}
        onChange={(next) => kept.keep(() => next)}
        onMention={(id) => setChosen(new Set([...chosen, id]))}
        onSend={keep}
        onEscape={leave}
      />
      <Trouble error={change.error} doing="writing" />
      <div className="row end">
        <Button variant="default" onClick={leave}>
          {t("Cancel")}
        </Button>
        <Button loading={change.isPending} onClick={keep}>
          {t("Save")}
        </Button>
      </div>
    </div>
  );
}
