import { TextInput } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import { t } from "../../../language/t.ts";
import { Body } from "../../mail/templates/Body.tsx";
import { VariablePicker } from "../../mail/templates/VariablePicker.tsx";
import { AbTest } from "./AbTest.tsx";
import { changeMail, type DraftMail, isEmail, letterOf } from "./draft.ts";
import classes from "./MailEditor.module.css";
import { MailOptions } from "./MailOptions.tsx";
import { Preview, usePreview } from "./Preview.tsx";
import type { StepProps } from "./StepBody.tsx";
import { Variants } from "./Variants.tsx";

/** The texts of a step, variant by variant, with the preview for a contact beside them. */
export function MailEditor({ whole, drafting, step, index, mayEdit }: StepProps) {
  const [chosen, choose] = useState(step.mails[0]?.key);
  const at = Math.max(
    0,
    step.mails.findIndex(({ key }) => key === chosen),
  );
  const mail = step.mails[at];
  if (!mail) return null;
  return (
    <Editor
      whole={whole}
      drafting={drafting}
      step={step}
      index={index}
      mayEdit={mayEdit}
      mail={mail}
      at={at}
      choose={choose}
    />
  );
}

type EditorProps = StepProps & { mail: DraftMail; at: number; choose: (key: string) => void };

function Editor({ whole, drafting, step, index, mayEdit, mail, at, choose }: EditorProps) {
  const asked = usePreview(whole.emailer_campaign, step, mail);
  const unknown = useMemo(() => asked.preview?.unknown_variables.map(({ name }) => name), [asked.preview]);
  const change = (next: Partial<DraftMail>) =>
    drafting.change((draft) => changeMail(draft, step.key, mail.key, next));
  const isMail = isEmail(step.type);
  const name =
    step.mails.length > 1
      ? t("variant {letter} of step {index}", { letter: letterOf(at), index: index + 1 })
      : t("step {index}", { index: index + 1 });
  return (
    <div className={classes.editor}>
      <div className={classes.writing}>
        {isMail && (
          <Variants
            whole={whole}
            drafting={drafting}
            step={step}
            chosen={mail.key}
            onChoose={choose}
            mayEdit={mayEdit}
          />
        )}
        {isMail && step.id !== null && step.mails.length > 1 && (
          <AbTest step={{ ...step, id: step.id }} mayEdit={mayEdit} />
        )}
        {isMail && (
          <Subject
            key={mail.key}
            mail={mail}
            unknown={unknown}
            mayEdit={mayEdit}
            onChange={(subject) => change({ subject })}
          />
        )}
        <Body
          key={`${mail.key} body`}
          html={mail.html}
          label={step.type === "call" ? t("Script of {name}", { name }) : t("Text of {name}", { name })}
          isReadOnly={!mayEdit}
          hasVariables
          unknown={unknown}
          onChange={(html) => change({ html })}
          onSubject={isMail && mail.subject === "" ? (subject) => change({ subject }) : undefined}
        />
        <MailOptions
          mail={mail}
          step={step}
          index={index}
          mayEdit={mayEdit}
          drafting={drafting}
          onChange={change}
        />
      </div>
      <Preview asked={asked} step={step} mail={mail} />
    </div>
  );
}

type SubjectProps = {
  mail: DraftMail;
  unknown: readonly string[] | undefined;
  mayEdit: boolean;
  onChange: (subject: string) => void;
};

function Subject({ mail, unknown = [], mayEdit, onChange }: SubjectProps) {
  const isWrong = unknown.some((name) => mail.subject.includes(name)); // the preview says what is wrong
  const field = useRef<HTMLInputElement>(null);
  const insert = (text: string) => {
    const { selectionStart, selectionEnd } = field.current ?? {};
    const from = selectionStart ?? mail.subject.length;
    onChange(mail.subject.slice(0, from) + text + mail.subject.slice(selectionEnd ?? from));
    field.current?.focus();
  };
  return (
    <TextInput
      ref={field}
      label={t("Subject")}
      value={mail.subject}
      error={isWrong}
      readOnly={!mayEdit}
      maxLength={2000}
      placeholder={mail.isReply ? t("Re: the subject of the thread") : t("Keep it short")}
      onChange={(event) => onChange(event.currentTarget.value)}
      rightSectionWidth={40}
      rightSection={mayEdit && <VariablePicker into={t("the subject")} onPick={insert} isSmall />}
    />
  );
}
