import { Anchor } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { save } from "../../../parts/download.ts";
import { sizeOf } from "../../../parts/mail/file-size.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import classes from "./IncomingView.module.css";
import type { Incoming } from "./queries.ts";
import { fetchFile } from "./received-files.ts";

type ReceivedFile = Incoming["attachments"][number];

/** What came with an email. The files stay in the mailbox, and come from there when they are asked for. */
export function ReceivedFiles({ mail }: { mail: Pick<Incoming, "id" | "attachments"> }) {
  const files = mail.attachments.filter(({ is_inline }) => !is_inline);
  const pictures = mail.attachments.filter(({ is_inline }) => is_inline);
  const fetching = useMutation({
    mutationFn: async (file: ReceivedFile) => save(await fetchFile(mail.id, file), file.file_name),
  });
  if (mail.attachments.length === 0) return null;
  const list = (shown: readonly ReceivedFile[], label: string) => (
    <ul className={classes.files} aria-label={label}>
      {shown.map((file) => {
        const isComing = fetching.isPending && fetching.variables.position === file.position;
        return (
          <li key={file.position}>
            <IconPaperclip size="0.875rem" stroke={1.75} aria-hidden />
            <Anchor
              component="button"
              type="button"
              fz="inherit"
              disabled={fetching.isPending}
              onClick={() => fetching.mutate(file)}
            >
              {file.file_name}
            </Anchor>
            <span className="soft" role={isComing ? "status" : undefined}>
              {isComing ? t("Reading from the mailbox …") : sizeOf(file.size)}
            </span>
          </li>
        );
      })}
    </ul>
  );
  return (
    <div className={classes.received}>
      {files.length > 0 && list(files, t("Attachments"))}
      {pictures.length > 0 && (
        <details className={classes.fold}>
          <summary>
            {t("{n, plural, one {# picture in the text} other {# pictures in the text}}", {
              n: pictures.length,
            })}
          </summary>
          {list(pictures, t("Pictures in the text"))}
        </details>
      )}
      <Trouble error={fetching.error} doing="reading" />
    </div>
  );
}
