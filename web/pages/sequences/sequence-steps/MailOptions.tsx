import { Button, NumberInput, Switch } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Attachments } from "../../../parts/mail/Attachments.tsx";
import { TemplateDialog } from "../../mail/templates/TemplateDialog.tsx";
import { changeStep, type DraftMail, type DraftStep, isEmail, letterOf } from "./draft.ts";
import classes from "./MailOptions.module.css";
import { Pairing } from "./Pairing.tsx";
import type { Drafting } from "./use-draft.ts";

type Props = {
  mail: DraftMail;
  step: DraftStep;
  index: number;
  mayEdit: boolean;
  drafting: Drafting;
  onChange: (change: Partial<DraftMail>) => void;
};

/** How a mail goes out, and as a variant, whether, how often and to whom. */
export function MailOptions({ mail, step, index, mayEdit, drafting, onChange }: Props) {
  const remove = () =>
    drafting.change((draft) =>
      changeStep(draft, step.key, { mails: step.mails.filter(({ key }) => key !== mail.key) }),
    );
  const letter = letterOf(step.mails.indexOf(mail));
  const isMail = isEmail(step.type);
  const isOne = step.mails.length === 1;
  const [isSaving, setIsSaving] = useState(false);
  return (
    <div className={classes.options}>
      {isMail && (
        <>
          <Switch
            label={t("Reply in the thread of the previous email")}
            description={index === 0 ? t("The first email starts the thread.") : undefined}
            checked={mail.isReply}
            disabled={!mayEdit || (index === 0 && !mail.isReply)}
            onChange={(event) => onChange({ isReply: event.currentTarget.checked })}
          />
          <Switch
            label={t("Add the sender's signature")}
            checked={mail.isSigned}
            disabled={!mayEdit}
            onChange={(event) => onChange({ isSigned: event.currentTarget.checked })}
          />
          <Switch
            label={isOne ? t("Ready to send") : t("Variant {letter} ready to send", { letter })}
            checked={mail.isOn}
            disabled={!mayEdit}
            onChange={(event) => onChange({ isOn: event.currentTarget.checked })}
          />
        </>
      )}
      {!isOne && (
        <div className={classes.variant}>
          <NumberInput
            label={t("Weight of variant {letter}", { letter })}
            description={t("Its share among the active variants")}
            value={mail.weight}
            min={1}
            max={1000}
            allowDecimal={false}
            disabled={!mayEdit || !mail.isOn}
            onChange={(value) => onChange({ weight: Math.max(1, Number(value) || 1) })}
          />
        </div>
      )}
      <Pairing
        draft={drafting.draft}
        index={index}
        mail={mail}
        mayEdit={mayEdit}
        onChange={(goesWith) => onChange({ goesWith })}
      />
      {isMail && (
        <Attachments
          ids={mail.attachmentIds}
          mayEdit={mayEdit}
          onChange={(attachmentIds) => onChange({ attachmentIds })}
        />
      )}
      {mayEdit && mail.html !== "" && (
        <div>
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setIsSaving(true)}>
            {t("Save as template …")}
          </Button>
        </div>
      )}
      {isSaving && (
        <TemplateDialog
          template={null}
          given={{ subject: mail.subject, html: mail.html }}
          onClose={() => setIsSaving(false)}
        />
      )}
      {mayEdit && (!isOne || !isMail) && (
        <div>
          <Button variant="subtle" color="gray" size="compact-sm" onClick={remove}>
            {isMail ? t("Delete variant {letter}", { letter }) : t("Delete script")}
          </Button>
        </div>
      )}
    </div>
  );
}
