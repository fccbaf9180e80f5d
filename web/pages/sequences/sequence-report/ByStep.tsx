import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { ChartFigure } from "../../../parts/charts/ChartFigure.tsx";
import { figure } from "../../../parts/figures.ts";
import { StepIcon } from "../sequence-steps/StepIcon.tsx";
import { nameOf } from "../sequence-steps/step-words.ts";
import type { FullSequence } from "../sequences/queries.ts";
import classes from "./ByStep.module.css";
import { Count } from "./Count.tsx";
import { pictureOfFunnel } from "./funnel-picture.ts";
import type { Report, StepRow } from "./queries.ts";
import { ReachedCount } from "./ReachedCount.tsx";
import { REACHED } from "./ReachedRows.tsx";
import report from "./ReportTab.module.css";

/** The funnel: how many came to each step, and what they did there. */
export function ByStep({ report: { steps }, whole }: { report: Report; whole: FullSequence }) {
  const [, change] = useAddress();
  const most = Math.max(1, ...steps.map(({ people }) => people.reached));
  return (
    <section className={report.section}>
      <h2 className={report.title}>{t("By step")}</h2>
      <p className={report.note}>
        {t(
          "Percentages are of the emails delivered at the step. Point at one for its share of contacts. Click a number to see its emails.",
        )}
      </p>
      <ChartFigure
        title={t("By step")}
        label={t("Contacts reached, and what they did, by step")}
        axis={{ key: "step", label: t("Step") }}
        series={SERIES}
        rows={rowsOf(steps, whole)}
        onOpen={({ key }, name) =>
          change({ kind: name === "reached" ? REACHED : name, step: String(key), open: undefined })
        }
        draw={pictureOfFunnel}
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
        <section className={classes.scroller} aria-label={t("By step")} tabIndex={0}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t("Step")}</th>
                <th scope="col">{t("Contacts reached")}</th>
                <th scope="col">{t("Delivered")}</th>
                <th scope="col">{t("Opened")}</th>
                <th scope="col">{t("Clicked")}</th>
                <th scope="col">{t("Replied")}</th>
                <th scope="col">{t("Bounced")}</th>
              </tr>
            </thead>
            <tbody>
              {steps.map((step) => (
                <Row key={step.emailer_step_id} step={step} most={most} whole={whole} />
              ))}
            </tbody>
          </table>
        </section>
      </ChartFigure>
    </section>
  );
}

const SERIES = perLanguage(() => [
  { name: "reached", label: t("Contacts reached"), color: "var(--accent)" },
  { name: "delivered", label: t("Delivered"), color: "var(--accent)" },
  { name: "opened", label: t("Opened"), color: "var(--accent)" },
  { name: "clicked", label: t("Clicked"), color: "var(--accent)" },
  { name: "replied", label: t("Replied"), color: "var(--good)" },
  { name: "bounced", label: t("Bounced"), color: "var(--bad)" },
]);

/** The numbers of the funnel; a step without emails has no number for them. */
function rowsOf(steps: readonly StepRow[], whole: FullSequence) {
  return steps.map(({ emailer_step_id: key, position, mails, people }) => {
    const type = typeOf(key, whole);
    const { delivered, opened, clicked, replied, bounced } = mails;
    return {
      key,
      step: [`${position}. ${nameOf(type)}`, subjectOf(key, whole)].filter(Boolean).join(": "),
      reached: people.reached,
      ...(isMail(type) && { delivered, opened, clicked, replied, bounced }),
    };
  });
}

const isMail = (type: string) => type === "auto_email" || type === "manual_email";

function typeOf(stepId: string, whole: FullSequence) {
  return whole.emailer_steps.find(({ id }) => id === stepId)?.type ?? "auto_email";
}

function Row({ step, most, whole }: { step: StepRow; most: number; whole: FullSequence }) {
  const { mails, people, tasks, paths, position, emailer_step_id: stepId } = step;
  const type = typeOf(stepId, whole);
  const ofMails = (name = t("delivered emails")) => [mails.delivered, name] as const;
  const ofPeople = (part: number) => [people.reached, t("contacts"), part] as const;
  const at = t("at step {position}", { position });
  return (
    <tr>
      <th scope="row">
        <span className={classes.step}>
          <span className={classes.place}>{position}</span>
          <StepIcon type={type} />
          <span className={classes.name}>
            {nameOf(type)}
            <span className={classes.subject}>{subjectOf(stepId, whole)}</span>
          </span>
        </span>
      </th>
      <td>
        <ReachedCount n={people.reached} stepId={stepId}>
          <span className={classes.reached}>
            <span data-figures className={classes.number}>
              {figure(people.reached)}
            </span>
            <span
              className={classes.bar}
              data-bar
              style={{ width: `${(people.reached / most) * 8}rem` }}
              aria-hidden="true"
            />
          </span>
        </ReachedCount>
      </td>
      {isMail(type) ? (
        <>
          <td>
            <Count
              n={mails.delivered}
              stat="delivered"
              of={[[mails.sent, t("emails sent")]]}
              what={t("delivered {at}", { at })}
              stepId={stepId}
            />
          </td>
          <td>
            <Count
              n={mails.opened}
              stat="opened"
              of={[ofMails(), ofPeople(people.opened)]}
              what={t("opened {at}", { at })}
              stepId={stepId}
            />
          </td>
          <td>
            <Count
              n={mails.clicked}
              stat="clicked"
              of={[ofMails()]}
              what={t("clicked {at}", { at })}
              stepId={stepId}
            />
          </td>
          <td>
            <Count
              n={mails.replied}
              stat="replied"
              of={[ofMails(), ofPeople(people.replied)]}
              what={t("replied {at}", { at })}
              stepId={stepId}
            />
          </td>
          <td>
            <Count
              n={mails.bounced}
              stat="bounced"
              of={[[mails.sent, t("emails sent")]]}
              what={t("bounced {at}", { at })}
              stepId={stepId}
            />
          </td>
        </>
      ) : (
        <td colSpan={5} className={classes.tasks}>
          {paths
            ? t("{yes, number} took the yes path, {no, number} the no path", paths)
            : t("{completed, number} done, {open, number} open, {skipped, number} skipped", {
                completed: tasks.completed,
                open: tasks.open,
                skipped: tasks.skipped,
              })}
        </td>
      )}
    </tr>
  );
}

function subjectOf(stepId: string, { emailer_touches, emailer_templates }: FullSequence) {
  const touch = emailer_touches.find(({ emailer_step_id }) => emailer_step_id === stepId);
  const template = emailer_templates.find(({ id }) => id === touch?.emailer_template_id);
  return template?.subject || (touch?.type === "reply_to_thread" ? t("Re: …") : "");
}
