import { t } from "../../../language/t.ts";
import type { FullSequence } from "../sequences/queries.ts";
import { sayCondition } from "./condition.ts";
import { type DraftStep, isEmail, type StepsDraft } from "./draft.ts";
import classes from "./StepBrief.module.css";

type Props = { step: DraftStep; draft: StepsDraft; whole: FullSequence };

/** A closed step's gist: what it says, how many variants, who is there. */
export function StepBrief({ step, draft, whole }: Props) {
  const saved = whole.emailer_steps.find(({ id }) => id === step.id);
  const here = saved ? saved.counts.active + saved.counts.paused : 0;
  const on = step.mails.filter((mail) => mail.isOn).length;
  return (
    <>
      <span className={classes.gist}>
        {step.condition ? sayCondition(step.condition, draft) : gistOf(step)}
      </span>
      <span className={classes.facts}>
        {isEmail(step.type) && step.mails.length > 1 && (
          <span>
            {t("{on, plural, one {# variant} other {# variants}} of {mails} on", {
              on,
              mails: step.mails.length,
            })}
          </span>
        )}
        {here > 0 && <span>{t("{here, plural, one {# contact} other {# contacts}} here", { here })}</span>}
        {step.id === null && <span>{t("Not saved yet")}</span>}
      </span>
    </>
  );
}

function gistOf({ mails, note }: DraftStep) {
  const [first] = mails;
  const subject = first?.subject.trim();
  if (subject) return subject;
  const text = wordsOf(first?.html || note);
  if (first?.isReply) return text ? t("Re: … {text}", { text }) : t("Re: …");
  return text;
}

function wordsOf(html: string) {
  const { body } = new DOMParser().parseFromString(html.replaceAll(/<\/p>|<br\b/g, " $&"), "text/html");
  return (body.textContent ?? "").trim().slice(0, 140);
}
