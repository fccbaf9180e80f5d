import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { IconFolder, IconTrash } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { InlineText } from "../../../parts/InlineText.tsx";
import { useKept } from "../../../parts/kept.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import classes from "./FolderDialog.module.css";
import { type Shelf, shelved, useFolders, useFolderWrites, within } from "./folder-queries.ts";

/** Folders made, renamed, moved and taken away. What was in one that is taken away moves up. */
export function FolderDialog({ onClose }: { onClose: () => void }) {
  const { data: folders = [], error } = useFolders();
  const { make, change, remove } = useFolderWrites();
  const { value: name, keep } = useKept("new-folder-of-sequences", "");
  const setName = (next: string) => keep(() => next);
  const shelves = shelved(folders);
  const placesFor = ({ id }: Shelf) => {
    const own = within(folders, id);
    return [
      { value: "", label: t("Top level") },
      ...shelves.filter((shelf) => !own.has(shelf.id)).map(({ id: value, path }) => ({ value, label: path })),
    ];
  };
  return (
    <Dialog title={t("Sequence folders")} onClose={onClose} size="lg">
      <div className="stack">
        <Trouble error={error ?? make.error ?? change.error ?? remove.error} doing="writing" />
        {shelves.length === 0 && (
          <p className="soft">{t("No folders yet. Use folders to organize your sequences.")}</p>
        )}
        <ul className={classes.folders}>
          {shelves.map((shelf) => (
            <li key={shelf.id} className={classes.folder}>
              <span className={classes.name} style={{ paddingLeft: shelf.depth * 20 }}>
                <IconFolder size="1rem" stroke={1.75} aria-hidden />
                <InlineText
                  recordId={shelf.id}
                  value={shelf.name}
                  label={t("Name of the folder {name}", { name: shelf.name })}
                  onSave={(next) => change.mutateAsync({ shown: shelf, name: next })}
                />
              </span>
              <Select
                aria-label={t("Parent folder of {name}", { name: shelf.name })}
                data={placesFor(shelf)}
                value={shelf.parent_id ?? ""}
                onChange={(parent) => change.mutate({ shown: shelf, parent_id: parent || null })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("Delete the folder {name}; its contents move up", { name: shelf.name })}
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
            label={t("New folder")}
            value={name}
            maxLength={200}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={make.isPending} disabled={!name.trim()}>
            {t("Create folder")}
          </Button>
        </form>
      </div>
    </Dialog>
  );
}
