import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAlertTriangle, IconSend } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { MailText } from "../../../parts/mail/MailText.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api, useMe } from "../../../session.ts";
import { MailHints } from "../../mail/hints/MailHints.tsx";
import type { Sequence } from "../sequences/queries.ts";
import { type DraftMail, type DraftStep, isEmail, isEmpty } from "./draft.ts";
import classes from "./Preview.module.css";
import { previewInput, previewQuery } from "./queries.ts";
import { TrialButton } from "./TrialButton.tsx";

/** The email as the chosen contact would get it, asked again a moment after each change. */
export function usePreview(sequence: Sequence, step: DraftStep, { subject, html, isSigned }: DraftMail) {
  const [address] = useAddress();
  const wish = {
    sequenceId: sequence.id,
    stepId: step.id,
    contactId: address.contact ?? null,
    subject,
    html,
    isSigned: isSigned && isEmail(step.type),
  };
  const [asked] = useDebouncedValue(wish, 350, { leading: true });
  const found = useQuery({ ...previewQuery(asked), enabled: !isEmpty(asked) || asked.subject !== "" });
  return { wish, found, preview: isEmpty(wish) && subject === "" ? undefined : found.data?.preview };
}

type Props = { asked: ReturnType<typeof usePreview>; step: DraftStep; mail: DraftMail };

/** How it reads for the chosen contact, as it is typed; and a way to see it arrive. */
export function Preview({ asked: { wish, found, preview }, step, mail }: Props) {
  const unknown = preview?.unknown_variables.map(({ name }) => name) ?? [];
  const missing = preview?.missing.filter((name) => !unknown.includes(name)) ?? [];
  return (
    <section className={classes.preview} aria-label={t("Preview")}>
      <header className={classes.top}>
        <p className={classes.who}>
          {preview ? t("Preview for {name}", { name: preview.contact.name }) : t("Preview")}
          {preview?.email_account && (
            <span className={classes.from}>{t("from {email}", { email: preview.email_account.email })}</span>
          )}
        </p>
        {isEmail(step.type) && (
          <div className={classes.verbs}>
            <TrialButton
              title={t("Preview for ten contacts")}
              wish={trialWish(wish, mail)}
              disabled={isEmpty(mail)}
            />
            <TestSend
              wish={{ ...previewInput(wish), attachment_ids: mail.attachmentIds }}
              isEmpty={isEmpty(mail)}
            />
          </div>
        )}
      </header>
      {preview?.fault && (
        <p className={classes.problem}>
          <IconAlertTriangle size="0.875rem" stroke={1.75} aria-hidden />
          {preview.fault.sentence}
        </p>
      )}
      {preview?.unknown_variables.map(({ name, meant }) => (
        <p key={name} className={classes.problem}>
          <IconAlertTriangle size="0.875rem" stroke={1.75} aria-hidden />
          {meant === null
            ? t("There is no variable {name}.", { name: braced(name) })
            : t("There is no variable {name}. Did you mean {meant}?", {
                name: braced(name),
                meant: braced(meant),
              })}
        </p>
      ))}
      {preview && missing.length > 0 && (
        <p className={classes.problem}>
          <IconAlertTriangle size="0.875rem" stroke={1.75} aria-hidden />
          {t("{name} has no value for {missing}, so this email would not be sent.", {
            name: preview.contact.name,
            missing: missing.map(braced).join(", "),
          })}
        </p>
      )}
      {preview && preview.versions > 1 && (
        <p className={classes.from}>
          {t("One of {versions, number} versions. A contact always gets the same one.", {
            versions: preview.versions,
          })}
        </p>
      )}
      <Trouble error={found.error} />
      {preview && !preview.fault ? (
        <div className={classes.sheet}>
          {isEmail(step.type) && (
            <p className={classes.subject}>
              {preview.subject || (mail.isReply ? t("Re: …") : t("(no subject)"))}
            </p>
          )}
          <MailText html={preview.body_html} text={preview.body_text} label={t("Email preview")} />
        </div>
      ) : (
        !preview && <p className={classes.empty}>{t("Your text appears here as the contact will see it.")}</p>
      )}
      {preview && !preview.fault && isEmail(step.type) && (
        <MailHints
          subject={preview.subject}
          html={preview.body_html}
          files={mail.attachmentIds.length}
          isFirst={!mail.isReply}
          mailboxId={preview.email_account?.id ?? null}
        />
      )}
    </section>
  );
}

/** The text as it is written now, saved or not. */
function trialWish(wish: ReturnType<typeof usePreview>["wish"], { isReply }: DraftMail) {
  const { contact_id: _, ...text } = previewInput(wish);
  return { ...text, is_reply: isReply };
}

const braced = (name: string) => `{{${name}}}`;

type TestWish = Parameters<typeof api.rehearsals.sendTest>[0];

function TestSend({ wish, isEmpty }: { wish: TestWish; isEmpty: boolean }) {
  const { email } = useMe().user;
  const send = useMutation({
    mutationFn: () => api.rehearsals.sendTest(wish),
    onSuccess: ({ test }) => toast(t("Test sent to {to}.", { to: test.to })),
  });
  return (
    <>
      <Button
        variant="default"
        style={{ flex: "none" }}
        leftSection={<IconSend size="0.875rem" aria-hidden />}
        disabled={isEmpty}
        loading={send.isPending}
        onClick={() => send.mutate()}
        title={t("To {email}", { email })}
      >
        {t("Send me a test")}
      </Button>
      {send.error && (
        <div className={classes.trouble}>
          <Trouble error={send.error} doing="writing" />
        </div>
      )}
    </>
  );
}
