import { ActionIcon, Button, FileButton } from "@mantine/core";
import { IconPaperclip, IconX } from "@tabler/icons-react";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { t } from "../../language/t.ts";
import { api } from "../../session.ts";
import { Trouble } from "../Trouble.tsx";
import classes from "./Attachments.module.css";
import { base64Of } from "./base64.ts";
import { sizeOf } from "./file-size.ts";

type Props = { ids: readonly string[]; mayEdit: boolean; onChange: (ids: string[]) => void };

const MOST = 20;

/** Files that go along. They are brought at once, and belong to the mail once it is saved. */
export function Attachments({ ids, mayEdit, onChange }: Props) {
  const files = useQuery({
    queryKey: ["attachments", ids],
    queryFn: ({ signal }) => api.attachments.list({ ids: [...ids] }, { signal }),
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const bring = useMutation({
    mutationFn: async (file: File) =>
      api.attachments.create({
        file_name: file.name,
        content_type: file.type || "application/octet-stream",
        content: await base64Of(file),
      }),
    onSuccess: ({ attachment }) => onChange([...ids, attachment.id]),
  });
  const shown = files.data?.attachments.filter(({ id }) => ids.includes(id)) ?? [];
  return (
    <div className={classes.attachments}>
      {ids.length > 0 && (
        <ul className={classes.files} aria-label={t("Attachments")}>
          {shown.map(({ id, file_name, size }) => (
            <li key={id}>
              <IconPaperclip size="0.875rem" stroke={1.75} aria-hidden />
              <a href={`/api/v1/attachments/${id}`}>{file_name}</a>
              <span className="soft">{sizeOf(size)}</span>
              {mayEdit && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={t("Remove {file_name}", { file_name })}
                  onClick={() => onChange(ids.filter((one) => one !== id))}
                >
                  <IconX size="0.875rem" stroke={1.75} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayEdit && ids.length < MOST && (
        <FileButton onChange={(file) => file && bring.mutate(file)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="compact-sm"
              loading={bring.isPending}
              leftSection={<IconPaperclip size="0.875rem" aria-hidden />}
            >
              {t("Attach a file")}
            </Button>
          )}
        </FileButton>
      )}
      <Trouble error={bring.error} doing="writing" />
    </div>
  );
}
