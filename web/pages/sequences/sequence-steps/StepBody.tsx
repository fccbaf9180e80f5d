import { Button } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { Body } from "../../mail/templates/Body.tsx";
import type { FullSequence } from "../sequences/queries.ts";
import { BranchBody } from "./BranchBody.tsx";
import { changeStep, type DraftStep, isEmail, isWritten, newMail } from "./draft.ts";
import { MailEditor } from "./MailEditor.tsx";
import classes from "./StepBody.module.css";
import { TaskFields } from "./TaskFields.tsx";
import type { Drafting } from "./use-draft.ts";

export type StepProps = {
  whole: FullSequence;
  drafting: Drafting;
  step: DraftStep;
  index: number;
  mayEdit: boolean;
};

/** Everything about one step. */
export function StepBody(props: StepProps) {
  const { drafting, step, index, mayEdit } = props;
  const change = (next: Partial<DraftStep>) => drafting.change((draft) => changeStep(draft, step.key, next));
  const hasScript = step.mails.length > 0;
  if (step.type === "branch") return <BranchBody {...props} onChange={change} />;
  return (
    <div className={classes.body}>
      {(isEmail(step.type) || hasScript) && <MailEditor {...props} />}
      {isWritten(step.type) && !hasScript && mayEdit && (
        <div>
          <Button
            variant="default"
            leftSection={<IconPencil size="0.875rem" aria-hidden />}
            onClick={() => change({ mails: [newMail({ isSigned: false })] })}
          >
            {step.type === "call" ? t("Write a script") : t("Write the message")}
          </Button>
        </div>
      )}
      {step.type !== "auto_email" && (
        <div>
          <p className={classes.label}>{t("Note for the task owner")}</p>
          <Body
            html={step.note}
            label={t("Note of step {index}", { index: index + 1 })}
            isReadOnly={!mayEdit}
            hasVariables={false}
            onChange={(note) => change({ note })}
          />
        </div>
      )}
      <TaskFields step={step} mayEdit={mayEdit} onChange={change} />
    </div>
  );
}
