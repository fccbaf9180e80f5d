import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useMe } from "../../../session.ts";
import { Body } from "./Body.tsx";
import {
  type Template,
  templatesQuery,
  useArchiveTemplate,
  useMakeFolder,
  useSaveTemplate,
} from "./queries.ts";

type Props = {
  /** Null: a new one. */
  template: Template | null;
  /** What a new one begins with. */
  given?: { subject: string; html: string };
  onClose: () => void;
};

/** A saved text: changed by its owner and by admins, read by others. */
export function TemplateDialog({ template, given, onClose }: Props) {
  const { user } = useMe();
  const { data } = useQuery(templatesQuery());
  const save = useSaveTemplate(template);
  const archive = useArchiveTemplate();
  const mayEdit = template === null || template.user_id === user.id || user.role === "admin";
  const { form, kept } = useKeptForm(`template-${template?.id ?? ""}`, {
    initialValues: {
      name: template?.name ?? "",
      subject: template?.subject ?? given?.subject ?? "",
      html: template?.body_html ?? given?.html ?? "",
      folder: template?.folder_id ?? null,
      isShared: template?.global ?? false,
    },
    validate: {
      name: (name) => (name.trim() ? null : t("Enter a name.")),
      html: (html) => (html.trim() ? null : t("Write the text.")),
    },
  });
  const close = () => {
    kept.forget();
    onClose();
  };
  const send = ({ name, subject, html, folder, isShared }: typeof form.values) =>
    save.mutate(
      {
        name: name.trim(),
        subject: subject.trim() || null,
        body_html: html,
        folder_id: folder,
        global: isShared,
      },
      {
        onSuccess: () => {
          toast(t("{name} saved.", { name: name.trim() }));
          close();
        },
      },
    );
  const putAway = ({ id, name, archived }: Template) =>
    archive.mutate(
      { id, isArchived: !archived },
      {
        onSuccess: () => {
          const says = archived
            ? t("{name} unarchived.", { name: name ?? "" })
            : t("{name} archived. Steps that use it keep it.", { name: name ?? "" });
          toast(says, { undo: () => archive.mutateAsync({ id, isArchived: archived }) });
          close();
        },
      },
    );
  return (
    <Dialog title={template ? (template.name ?? t("Template")) : t("New template")} onClose={close} size="xl">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <OtherVersion kept={kept} />
        <TextInput
          label={t("Name")}
          maxLength={300}
          data-autofocus
          readOnly={!mayEdit}
          {...form.getInputProps("name")}
        />
        <TextInput
          label={t("Subject")}
          description={t("Empty: a text to insert anywhere.")}
          maxLength={2000}
          readOnly={!mayEdit}
          {...form.getInputProps("subject")}
        />
        <Body
          key={kept.sides?.shown ?? ""}
          html={form.values.html}
          label={t("Text of the template")}
          isReadOnly={!mayEdit}
          hasVariables
          onChange={(html) => form.setFieldValue("html", html)}
        />
        {form.errors.html && (
          <p className="small" role="alert">
            {form.errors.html}
          </p>
        )}
        <FolderChoice
          folders={data?.folders ?? []}
          value={form.values.folder}
          isReadOnly={!mayEdit}
          onChange={(folder) => form.setFieldValue("folder", folder)}
        />
        <Checkbox
          label={t("Share with the team")}
          disabled={!mayEdit}
          {...form.getInputProps("isShared", { type: "checkbox" })}
        />
        {!mayEdit && <p className="soft small">{t("Only the owner or an admin can edit it.")}</p>}
        <Trouble error={save.error ?? archive.error} doing="writing" />
        <div className="row end">
          {template && mayEdit && (
            <Button
              variant="default"
              style={{ marginRight: "auto" }}
              loading={archive.isPending}
              onClick={() => putAway(template)}
            >
              {template.archived ? t("Unarchive") : t("Archive")}
            </Button>
          )}
          <Button variant="default" onClick={close}>
            {mayEdit ? t("Cancel") : t("Close")}
          </Button>
          {mayEdit && (
            <Button type="submit" loading={save.isPending}>
              {t("Save template")}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

type FolderProps = {
  folders: readonly { id: string; name: string }[];
  value: string | null;
  isReadOnly: boolean;
  onChange: (id: string | null) => void;
};

const NEW = "new";

/** Which folder it lies in; a new one is made by typing its name. */
function FolderChoice({ folders, value, isReadOnly, onChange }: FolderProps) {
  const [typed, setTyped] = useState("");
  const make = useMakeFolder();
  const name = typed.trim();
  const isNew = name !== "" && !folders.some((one) => one.name.toLowerCase() === name.toLowerCase());
  return (
    <Select
      label={t("Folder")}
      placeholder={t("Without a folder")}
      searchable
      clearable
      readOnly={isReadOnly}
      data={[
        ...folders.map((one) => ({ value: one.id, label: one.name })),
        ...(isNew ? [{ value: NEW, label: t("Create folder “{name}”", { name }) }] : []),
      ]}
      value={value}
      searchValue={typed}
      onSearchChange={setTyped}
      error={make.error ? t("The folder could not be created.") : null}
      onChange={(chosen) => {
        if (chosen === NEW) make.mutate(name, { onSuccess: ({ folder }) => onChange(folder.id) });
        else onChange(chosen);
      }}
    />
  );
}
