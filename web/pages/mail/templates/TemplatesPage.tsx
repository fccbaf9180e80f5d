import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconStar, IconStarFilled } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { SearchBox } from "../../../parts/SearchBox.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useIsAdmin, useMe } from "../../../session.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { type Template, templatesQuery, useStarTemplate } from "./queries.ts";
import { TemplateDialog } from "./TemplateDialog.tsx";

/** Texts that are written often: whole emails, and pieces to insert. */
export function TemplatesPage() {
  const [address, change] = useAddress();
  const isAdmin = useIsAdmin();
  const words = address.q ?? "";
  const isArchived = address.status === "archived";
  const found = useQuery({ ...templatesQuery(words, isArchived), placeholderData: keepPreviousData });
  const begin = () => change({ do: "create" });
  usePageKeys({ n: begin });
  const templates = found.data?.emailer_templates;
  const opened = templates?.find(({ id }) => id === address.open);
  return (
    <Page
      title={t("Templates")}
      state={t(
        "Emails and pieces of text that you write often. Insert them in any email: press / in the text.",
      )}
      action={
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={begin}>
          {t("New template")}
        </Button>
      }
    >
      <div className="row">
        <SearchBox
          label={t("Search templates")}
          value={words}
          onChange={(q) => change({ q: q || undefined })}
        />
        <Segmented
          aria-label={t("Status")}
          data={STATES}
          value={isArchived ? "archived" : ""}
          onChange={(status) => change({ status: status || undefined })}
        />
      </div>
      {found.error ? (
        <Trouble error={found.error} onRetry={() => void found.refetch()} />
      ) : templates?.length === 0 ? (
        words || isArchived ? (
          <Empty says={words ? t("No template found.") : t("No archived templates.")} />
        ) : (
          <Empty
            says={
              isAdmin
                ? t("No templates yet. Save texts here that you often write.")
                : t("No template is yours or shared with you. Save texts here that you often write.")
            }
          >
            <Button variant="default" onClick={begin}>
              {t("Create a template")}
            </Button>
          </Empty>
        )
      ) : (
        <DataTable
          label={t("Templates")}
          columns={COLUMNS}
          rows={templates}
          rowKey={({ id }) => id}
          onOpen={({ id }) => change({ open: id })}
        />
      )}
      {address.do === "create" && (
        <TemplateDialog template={null} onClose={() => change({ do: undefined })} />
      )}
      {opened && (
        <TemplateDialog key={opened.id} template={opened} onClose={() => change({ open: undefined })} />
      )}
    </Page>
  );
}

const STATES = perLanguage(() => [
  { value: "", label: t("In use") },
  { value: "archived", label: t("Archived") },
]);

const COLUMNS: Column<Template>[] = perLanguage(() => [
  { header: t("Name"), width: "28%", cell: ({ name }) => name },
  {
    header: t("Subject or text"),
    width: "32%",
    cell: ({ subject, body_text }) => subject || <span className="soft">{firstWords(body_text)}</span>,
  },
  { header: t("Folder"), cell: (template) => <FolderName id={template.folder_id} /> },
  {
    header: t("Visible to"),
    cell: (template) => (template.global ? t("The team") : <OwnerName id={template.user_id} />),
  },
  { header: t("Starred"), cell: (template) => <Star template={template} /> },
]);

function firstWords(text: string | null) {
  const line = text?.replace(/\s+/g, " ").trim() ?? "";
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

function FolderName({ id }: { id: string | null }) {
  const { data } = useQuery(templatesQuery());
  return data?.folders.find((folder) => folder.id === id)?.name ?? <span className="soft">–</span>;
}

function OwnerName({ id }: { id: string | null }) {
  const { data: people = [] } = usePeople();
  const { user } = useMe();
  if (id === user.id) return t("Only you");
  return people.find((person) => person.id === id)?.name ?? t("Former user");
}

function Star({ template: { id, name, starred_by_user_ids: by } }: { template: Template }) {
  const { user } = useMe();
  const star = useStarTemplate();
  const isStarred = by.includes(user.id);
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={
        isStarred ? t("Unstar {name}", { name: name ?? "" }) : t("Star {name}", { name: name ?? "" })
      }
      aria-pressed={isStarred}
      onClick={(event) => {
        event.stopPropagation();
        star.mutate({ id, isStarred: !isStarred });
      }}
    >
      {isStarred ? <IconStarFilled size="1rem" /> : <IconStar size="1rem" stroke={1.75} />}
    </ActionIcon>
  );
}
