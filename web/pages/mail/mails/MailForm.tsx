import { Button, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { t } from "../../../language/t.ts";
import { LaterMenu } from "../../../parts/dates/LaterMenu.tsx";
import type { Kept } from "../../../parts/kept.ts";
import { Attachments } from "../../../parts/mail/Attachments.tsx";
import head from "../../../parts/mail/MailHead.module.css";
import { MailHints } from "../hints/MailHints.tsx";
import { Copies } from "./Copies.tsx";
import { MailBody } from "./MailBody.tsx";
import classes from "./MailForm.module.css";
import { Reminder } from "./Reminder.tsx";
import { isSame, type Words, type Written, wordsOf, wrongAddress } from "./words.ts";

type Props = {
  formId?: string;
  to: ReactNode;
  from: ReactNode;
  given: Written;
  /** What was written before, where a reload must not lose it. */
  kept?: Kept<Written>;
  verb: ReactNode;
  isBusy: boolean;
  /** The written text, or null when nothing was changed: then the mail goes out unchanged. */
  onSend: (words: Words | null) => void;
  /** Where it may leave at a time of the writer's. */
  onSendLater?: (words: Words | null, at: Date) => void;
  onSave?: (words: Words) => void;
  isSaving?: boolean;
  autoFocus?: boolean;
  /** Not an answer in a thread. */
  isFirst: boolean;
  /** From which it leaves, where that is known. */
  mailboxId?: string | null | undefined;
  /** For whom a template is filled. */
  contactId?: string | null | undefined;
};

/** A mail to be sent by hand, with its words open to be changed. */
export function MailForm(props: Props) {
  const { formId, to, from, given, verb, isBusy, onSend, onSendLater, onSave, isSaving } = props;
  const { autoFocus = false, contactId, kept, isFirst, mailboxId } = props;
  const [own, setOwn] = useState(given);
  const written = kept?.value ?? own;
  const [begun] = useState(written.html);
  const [asksLater, setAsksLater] = useState(false);
  const change = (next: Partial<Written>) =>
    (kept?.keep ?? setOwn)((before: Written) => ({ ...before, ...next }));
  const isChanged = !isSame(written, given);
  const isReady = written.html !== "" && wrongAddress([...written.cc, ...written.bcc]) === undefined;
  const words = isChanged ? wordsOf(written) : null;
  return (
    <form
      id={formId}
      className={classes.mail}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onSend(words);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
      }}
    >
      <Head to={to} from={from} written={written} given={given} onChange={change} />
      <TextInput
        aria-label={t("Subject")}
        placeholder={t("Subject")}
        value={written.subject}
        onChange={(event) => change({ subject: event.currentTarget.value })}
        classNames={{ input: classes.subject ?? "" }}
        variant="unstyled"
      />
      <MailBody
        html={kept ? begun : given.html}
        autoFocus={autoFocus}
        onChange={(html) => change({ html })}
        contactId={contactId ?? null}
        onSubject={written.subject === "" ? (subject) => change({ subject }) : undefined}
      />
      <div className={classes.hints}>
        <MailHints
          subject={written.subject}
          html={written.html}
          files={written.files.length}
          isFirst={isFirst}
          mailboxId={mailboxId ?? null}
        />
      </div>
      <div className={classes.foot}>
        <div className={classes.files}>
          <Attachments ids={written.files} mayEdit onChange={(files) => change({ files })} />
          <Reminder days={written.remindAfter} onChange={(remindAfter) => change({ remindAfter })} />
        </div>
        {onSave && isChanged && (
          <Button variant="default" loading={isSaving ?? false} onClick={() => onSave(wordsOf(written))}>
            {t("Save as draft")}
          </Button>
        )}
        {onSendLater && (
          <LaterMenu
            isOpen={asksLater}
            onOpen={setAsksLater}
            position="top-end"
            title={t("Send later")}
            verb={t("Schedule")}
            onChoose={(at) => onSendLater(words, at)}
          >
            <Button variant="default" disabled={!isReady || isBusy}>
              {t("Send later")}
            </Button>
          </LaterMenu>
        )}
        <Button type="submit" loading={isBusy} disabled={!isReady}>
          {verb}
        </Button>
      </div>
    </form>
  );
}

type HeadProps = Pick<Props, "to" | "from" | "given"> & {
  written: Written;
  onChange: (next: Partial<Written>) => void;
};

function Head({ to, from, written, given, onChange }: HeadProps) {
  const [shown, setShown] = useState({ cc: written.cc.length > 0, bcc: written.bcc.length > 0 });
  return (
    <dl className={head.head}>
      <dt>{t("To")}</dt>
      <dd className={classes.to}>
        <span>{to}</span>
        <span className={classes.more}>
          {!shown.cc && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              onClick={() => setShown({ ...shown, cc: true })}
            >
              {t("Cc")}
            </Button>
          )}
          {!shown.bcc && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              onClick={() => setShown({ ...shown, bcc: true })}
            >
              {t("Bcc")}
            </Button>
          )}
        </span>
      </dd>
      {shown.cc && (
        <>
          <dt>{t("Cc")}</dt>
          <dd>
            <Copies
              label={t("Cc")}
              emails={written.cc}
              isNew={given.cc.length === 0}
              onChange={(cc) => onChange({ cc })}
            />
          </dd>
        </>
      )}
      {shown.bcc && (
        <>
          <dt>{t("Bcc")}</dt>
          <dd>
            <Copies
              label={t("Bcc")}
              emails={written.bcc}
              isNew={given.bcc.length === 0}
              onChange={(bcc) => onChange({ bcc })}
            />
          </dd>
        </>
      )}
      <dt>{t("From")}</dt>
      <dd>{from}</dd>
    </dl>
  );
}
