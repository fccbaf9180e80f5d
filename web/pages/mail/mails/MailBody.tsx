import { Skeleton } from "@mantine/core";
import { lazy, type RefObject, Suspense, useEffect, useRef } from "react";
import { t } from "../../../language/t.ts";
import { MailText } from "../../../parts/mail/MailText.tsx";
import { isPlainEnough } from "../../../parts/mail/plain-enough.ts";
import { filledOrSaid } from "../templates/filling.ts";
import { TemplateMenu } from "../templates/TemplateMenu.tsx";
import classes from "./MailForm.module.css";
import { MeetingLinkButton } from "./MeetingLinkButton.tsx";

const RichText = lazy(() => import("../../../parts/mail/RichText.tsx"));

type Props = {
  html: string;
  autoFocus: boolean;
  contactId: string | null;
  onChange: (html: string) => void;
  onSubject: ((subject: string) => void) | undefined;
};

/** The text of a mail. One that the editor would not keep as it is can only be looked at. */
export function MailBody({ html, autoFocus, contactId, onChange, onSubject }: Props) {
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
          tools={({ insertHtml, resume, slashes, isAsked }) => (
            <span className={classes.tools}>
              <TemplateMenu
                slashes={slashes}
                isAsked={isAsked}
                onResume={resume}
                onPick={(template) =>
                  void filledOrSaid(template, contactId).then((filled) => {
                    if (!filled) return;
                    if (filled.subject) onSubject?.(filled.subject);
                    insertHtml(filled.html);
                  })
                }
              />
              {contactId && <MeetingLinkButton contactId={contactId} onInsert={insertHtml} />}
            </span>
          )}
        />
        {autoFocus && <FocusOn place={place} />}
      </Suspense>
    </div>
  );
}

// texts: not translated, these are selectors
const FIELDS = "input, textarea, select";

/** After R the user writes at once; the editor itself comes a moment later, and then takes no one out of another field. */
function FocusOn({ place }: { place: RefObject<HTMLElement | null> }) {
  useEffect(() => {
    const within = place.current;
    if (!within || focusText(within)) return;
    const watching = new MutationObserver(() => focusText(within) && watching.disconnect());
    watching.observe(within, { childList: true, subtree: true });
    return () => watching.disconnect();
  }, [place]);
  return null;
}

/** True once there is nothing left to wait for. */
function focusText(within: HTMLElement) {
  if (document.activeElement?.matches(FIELDS)) return true;
  const text = within.querySelector<HTMLElement>("[contenteditable]");
  text?.focus();
  text?.scrollIntoView({ block: "center" });
  return text !== null;
}
