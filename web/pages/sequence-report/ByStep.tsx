import { figure } from "../../parts/figures.ts";
import { StepIcon } from "../sequence-steps/StepIcon.tsx";
import { nameOf } from "../sequence-steps/step-words.ts";
import type { Whole } from "../sequences/queries.ts";
import classes from "./ByStep.module.css";
import { Count } from "./Count.tsx";
import type { Report, StepRow } from "./queries.ts";
import report from "./ReportTab.module.css";

/** The funnel: how many came to each step, and what they did there. */
export function ByStep({ report: { steps }, whole }: { report: Report; whole: Whole }) {
  const most = Math.max(1, ...steps.map(({ people }) => people.reached));
  return (
    <section className={report.section}>
      <h2 className={report.title}>By step</h2>
      <p className={report.note}>
        Shares are of the mails delivered at the step; point at one for its share of the people. Press a
        number to see its mails.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section className={classes.scroller} aria-label="By step" tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">People reached</th>
              <th scope="col">Delivered</th>
              <th scope="col">Opened</th>
              <th scope="col">Clicked</th>
              <th scope="col">Replied</th>
              <th scope="col">Bounced</th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <Row key={step.emailer_step_id} step={step} most={most} whole={whole} />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function Row({ step, most, whole }: { step: StepRow; most: number; whole: Whole }) {
  const { mails, people, tasks, position, emailer_step_id: stepId } = step;
  const type = whole.emailer_steps.find(({ id }) => id === stepId)?.type ?? "auto_email";
  const ofMails = (name = "delivered mails") => [mails.delivered, name] as const;
  const ofPeople = (part: number) => [people.reached, "people", part] as const;
  const at = `at step ${position}`;
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
        <span className={classes.reached}>
          <span data-figures className={classes.number}>
            {figure(people.reached)}
          </span>
          <span
            className={classes.bar}
            style={{ width: `${(people.reached / most) * 8}rem` }}
            aria-hidden="true"
          />
        </span>
      </td>
      {type === "auto_email" || type === "manual_email" ? (
        <>
          <td>
            <Count
              n={mails.delivered}
              stat="delivered"
              of={[[mails.sent, "mails sent"]]}
              what={`delivered ${at}`}
              stepId={stepId}
            />
          </td>
          <td>
            <Count
              n={mails.opened}
              stat="opened"
              of={[ofMails(), ofPeople(people.opened)]}
              what={`opened ${at}`}
              stepId={stepId}
            />
          </td>
          <td>
            <Count n={mails.clicked} stat="clicked" of={[ofMails()]} what={`clicked ${at}`} stepId={stepId} />
          </td>
          <td>
            <Count
              n={mails.replied}
              stat="replied"
              of={[ofMails(), ofPeople(people.replied)]}
              what={`answered ${at}`}
              stepId={stepId}
            />
          </td>
          <td>
            <Count
              n={mails.bounced}
              stat="bounced"
              of={[[mails.sent, "mails sent"]]}
              what={`bounced ${at}`}
              stepId={stepId}
            />
          </td>
        </>
      ) : (
        <td colSpan={5} className={classes.tasks}>
          {figure(tasks.completed)} done, {figure(tasks.open)} open, {figure(tasks.skipped)} skipped
        </td>
      )}
    </tr>
  );
}

function subjectOf(stepId: string, { emailer_touches, emailer_templates }: Whole) {
  const touch = emailer_touches.find(({ emailer_step_id }) => emailer_step_id === stepId);
  const template = emailer_templates.find(({ id }) => id === touch?.emailer_template_id);
  return template?.subject || (touch?.type === "reply_to_thread" ? "Re: …" : "");
}
