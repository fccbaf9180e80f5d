import { Button, Skeleton, TextInput } from "@mantine/core";
import { lazy, type ReactNode, type RefObject, Suspense, useEffect, useRef, useState } from "react";
import { t } from "../../../language/t.ts";
import head from "../../../parts/mail/MailHead.module.css";
import { MailText } from "../../../parts/mail/MailText.tsx";
import { isPlainEnough } from "../../../parts/mail/plain-enough.ts";
import { filledOrSaid } from "../templates/filling.ts";
import { TemplateMenu } from "../templates/TemplateMenu.tsx";
import classes from "./MailForm.module.css";

const RichText = lazy(() => import("../../../parts/mail/RichText.tsx"));

export type Words = { subject: string; body_html: string };

type Props = {
  formId?: string;
  to: ReactNode;
  from: ReactNode;
  subject: string | null;
  html: string | null;
  verb: ReactNode;
  isBusy: boolean;
  /** The written text, or null when nothing was changed: then the mail goes out unchanged. */
  onSend: (words: Words | null) => void;
  onSave?: (words: Words) => void;
  isSaving?: boolean;
  autoFocus?: boolean;
  /** For whom a template is filled. */
  contactId?: string | null | undefined;
};

/** A mail to be sent by hand, with its words open to be changed. */
export function MailForm(props: Props) {
  const { formId, to, from, verb, isBusy, onSend, onSave, isSaving, autoFocus = false, contactId } = props;
  const given = { subject: props.subject ?? "", body_html: props.html ?? "" };
  const [subject, setSubject] = useState(given.subject);
  const [html, setHtml] = useState(given.body_html);
  const isChanged = subject !== given.subject || html !== given.body_html;
  const isEmpty = html === "";
  const words = { subject, body_html: html };
  return (
    <form
      id={formId}
      className={classes.mail}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) onSend(isChanged ? words : null);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
      }}
    >
      <dl className={head.head}>
        <dt>{t("To")}</dt>
        <dd>{to}</dd>
        <dt>{t("From")}</dt>
        <dd>{from}</dd>
      </dl>
      <TextInput
        aria-label={t("Subject")}
        placeholder={t("Subject")}
        value={subject}
        onChange={(event) => setSubject(event.currentTarget.value)}
        classNames={{ input: classes.subject ?? "" }}
        variant="unstyled"
      />
      <Body
        html={given.body_html}
        autoFocus={autoFocus}
        onChange={setHtml}
        contactId={contactId ?? null}
        onSubject={subject === "" ? setSubject : undefined}
      />
      <div className={classes.foot}>
        {onSave && isChanged && (
          <Button variant="default" loading={isSaving ?? false} onClick={() => onSave(words)}>
            {t("Save as draft")}
          </Button>
        )}
        <Button type="submit" loading={isBusy} disabled={isEmpty}>
          {verb}
        </Button>
      </div>
    </form>
  );
}

type BodyProps = {
  html: string;
  autoFocus: boolean;
  contactId: string | null;
  onChange: (html: string) => void;
  onSubject: ((subject: string) => void) | undefined;
};

function Body({ html, autoFocus, contactId, onChange, onSubject }: BodyProps) {
  const place = useRef<HTMLDivElement>(null);
  if (!isPlainEnough(html))
    return (
      <div className={classes.asItIs}>
        <p className="soft small">
          {t("The editor cannot show all of this email. It will be sent unchanged.")}
        </p>
        <MailText html={html} label={t("Email")} />
      </div>
    );
  return (
    <div ref={place} className={classes.body}>
      <Suspense fallback={<Skeleton height={160} />}>
        <RichText
          html={html}
          label={t("Email")}
          onChange={onChange}
          tools={({ insertHtml, resume, slashes }) => (
            <span className={classes.tools}>
              <TemplateMenu
                slashes={slashes}
                onResume={resume}
                onPick={(template) =>
                  void filledOrSaid(template, contactId).then((filled) => {
                    if (!filled) return;
                    if (filled.subject) onSubject?.(filled.subject);
                    insertHtml(filled.html);
                  })
                }
              />
            </span>
          )}
        />
        {autoFocus && <FocusOn place={place} />}
      </Suspense>
    </div>
  );
}

/** After R the user writes at once; the editor itself comes a moment later. */
function FocusOn({ place }: { place: RefObject<HTMLElement | null> }) {
  useEffect(() => {
    const text = place.current?.querySelector<HTMLElement>("[contenteditable]");
    text?.focus();
    text?.scrollIntoView({ block: "center" });
  }, [place]);
  return null;
}
