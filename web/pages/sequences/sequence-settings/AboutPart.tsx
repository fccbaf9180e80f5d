import { Select, TagsInput, Textarea } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import { ASK_OWNER, useRights } from "../sequences/access.ts";
import { shelved, useFolders } from "../sequences/folder-queries.ts";
import classes from "./SettingsTab.module.css";
import type { PartProps } from "./SettingsTab.tsx";

export function AboutPart({
  sequence,
  values,
  change,
  mayEdit,
  allLabels,
}: PartProps & { allLabels: readonly string[] }) {
  const { data: people = [] } = usePeople();
  const { data: folders = [] } = useFolders();
  const { mayManage } = useRights(sequence);
  return (
    <Section title={t("About")} note={t("Only your team sees this, contacts don't.")}>
      <Textarea
        label={t("Description")}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={5000}
        value={values.description ?? ""}
        readOnly={!mayEdit}
        onChange={(event) => change({ description: event.currentTarget.value || null })}
      />
      <div className={classes.pair}>
        <Select
          label={t("Owner")}
          description={mayManage ? undefined : ASK_OWNER.manage}
          searchable
          data={people
            .filter(({ id, state }) => state !== "deactivated" || id === values.user_id)
            .map(({ id, name }) => ({ value: id, label: name }))}
          value={values.user_id}
          disabled={!mayManage}
          onChange={(user_id) => user_id && change({ user_id })}
        />
        <Select
          label={t("Folder")}
          data={[
            { value: "", label: t("None") },
            ...shelved(folders).map(({ id, path }) => ({ value: id, label: path })),
          ]}
          value={values.folder_id ?? ""}
          disabled={!mayEdit}
          onChange={(id) => change({ folder_id: id || null })}
        />
      </div>
      <TagsInput
        label={t("Labels")}
        description={t("Words to find sequences by. Type a new word to create it.")}
        data={[...allLabels]}
        value={values.label_names}
        disabled={!mayEdit}
        onChange={(label_names) => change({ label_names })}
      />
    </Section>
  );
}
