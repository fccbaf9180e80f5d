import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { IconFolder, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { InlineText } from "../../parts/InlineText.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import classes from "./FolderDialog.module.css";
import { type Shelf, shelved, useFolders, useFolderWrites, within } from "./folder-queries.ts";

/** Folders made, renamed, moved and taken away. What was in one that is taken away moves up. */
export function FolderDialog({ onClose }: { onClose: () => void }) {
  const { data: folders = [], error } = useFolders();
  const { make, change, remove } = useFolderWrites();
  const [name, setName] = useState("");
  const shelves = shelved(folders);
  const placesFor = ({ id }: Shelf) => {
    const own = within(folders, id);
    return [
      { value: "", label: "At the top" },
      ...shelves.filter((shelf) => !own.has(shelf.id)).map(({ id: value, path }) => ({ value, label: path })),
    ];
  };
  return (
    <Dialog title="Folders of sequences" onClose={onClose} size="lg">
      <div className="stack">
        <Trouble error={error ?? make.error ?? change.error ?? remove.error} doing="writing" />
        {shelves.length === 0 && (
          <p className="soft">No folders yet. They keep long lists of sequences apart.</p>
        )}
        <ul className={classes.folders}>
          {shelves.map((shelf) => (
            <li key={shelf.id} className={classes.folder}>
              <span className={classes.name} style={{ paddingLeft: shelf.depth * 20 }}>
                <IconFolder size="1rem" stroke={1.75} aria-hidden />
                <InlineText
                  value={shelf.name}
                  label={`Name of the folder ${shelf.name}`}
                  onSave={(next) => change.mutateAsync({ id: shelf.id, name: next })}
                />
              </span>
              <Select
                aria-label={`Where ${shelf.name} lies`}
                data={placesFor(shelf)}
                value={shelf.parent_id ?? ""}
                onChange={(parent) => change.mutate({ id: shelf.id, parent_id: parent || null })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Take away the folder ${shelf.name}; what is in it moves up`}
                onClick={() => remove.mutate(shelf.id)}
              >
                <IconTrash size="1rem" stroke={1.75} />
              </ActionIcon>
            </li>
          ))}
        </ul>
        <form
          className={classes.make}
          onSubmit={(event) => {
            event.preventDefault();
            const wish = { name: name.trim(), parent_id: null };
            if (wish.name) make.mutate(wish, { onSuccess: () => setName("") });
          }}
        >
          <TextInput
            label="New folder"
            value={name}
            maxLength={200}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={make.isPending} disabled={!name.trim()}>
            Make it
          </Button>
        </form>
      </div>
    </Dialog>
  );
}
