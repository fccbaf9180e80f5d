import { ActionIcon, Button, Menu, Textarea } from "@mantine/core";
import { IconDots, IconPin } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { useMe } from "../../../session.ts";
import { usePeople } from "../../settings/people/queries.ts";
import classes from "./Notes.module.css";
import {
  type Note,
  type NoteSubject,
  useChangeNote,
  useDeleteNote,
  usePinNote,
  useWriteNote,
} from "./queries.ts";

export function NoteCard({ note, about }: { note: Note; about: NoteSubject }) {
  const [isEdited, setIsEdited] = useState(false);
  const { data: people = [] } = usePeople();
  const writer = people.find(({ id }) => id === note.user_id)?.name ?? t("Former user");
  return (
    <li className={classes.note} data-pinned={note.pinned_to_top || undefined}>
      <div className={classes.head}>
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
        <Editing note={note} onDone={() => setIsEdited(false)} />
      ) : (
        <p className={classes.text}>{note.content}</p>
      )}
    </li>
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
            write.mutateAsync({ ...about, content: note.content, pinned_to_top: note.pinned_to_top }),
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

function Editing({ note, onDone }: { note: Note; onDone: () => void }) {
  const [text, setText] = useState(note.content);
  const change = useChangeNote();
  const keep = () => {
    if (!text.trim() || text === note.content) return onDone();
    change.mutate({ id: note.id, content: text.trim() }, { onSuccess: onDone });
  };
  return (
    <div className="stack">
      <Textarea
        aria-label={t("Note")}
        autosize
        autoFocus
        maxRows={20}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onDone();
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) keep();
        }}
      />
      <Trouble error={change.error} doing="writing" />
      <div className="row end">
        <Button variant="default" onClick={onDone}>
          {t("Cancel")}
        </Button>
        <Button loading={change.isPending} onClick={keep}>
          {t("Save")}
        </Button>
      </div>
    </div>
  );
}
