import { Tooltip } from "@mantine/core";
import { count } from "../../parts/figures.ts";
import { State, type StateKind } from "../../parts/State.tsx";
import { letterOf } from "../sequence-steps/draft.ts";
import { forWhoeverGot } from "../sequence-steps/pairs.ts";
import type { Whole } from "../sequences/queries.ts";
import { percent } from "../sequences/rates.tsx";
import { Count } from "./Count.tsx";
import type { Report, VariantRow } from "./queries.ts";
import reportClasses from "./ReportTab.module.css";
import classes from "./VariantsCompared.module.css";

/** Variants against each other, with the range in which the truth lies, so that nobody chases chance. */
export function VariantsCompared({ report, whole }: { report: Report; whole: Whole }) {
  const tests = report.steps
    .map(({ emailer_step_id, position }) => ({
      position,
      variants: report.variants.filter((variant) => variant.emailer_step_id === emailer_step_id),
    }))
    .filter(({ variants }) => variants.length > 1);
  if (tests.length === 0) return null;
  return (
    <section className={reportClasses.section}>
      <h2 className={reportClasses.title}>Variants</h2>
      <p className={reportClasses.note}>
        Replies per delivered mail. The line is the range in which the difference from the best other variant
        lies, 19 times out of 20 and however often you look; while it crosses the middle, a difference may
        still be chance. From 100 delivered mails of each on it is said who does better.
        {tests.some(({ variants }) => variants.some(isPaired)) &&
          " Variants for whoever got an earlier one are compared among each other only: their readers were sent another opening, and answer that too."}
      </p>
      {tests.map(({ position, variants }) => {
        const most = widest(variants);
        return (
          <table key={position} className={classes.table} aria-label={`Variants of step ${position}`}>
            {groupsOf(report, variants).map(({ readers, rows }) => (
              <tbody key={readers}>
                {readers && (
                  <tr>
                    <th scope="rowgroup" colSpan={4} className={classes.readers}>
                      {readers}
                    </th>
                  </tr>
                )}
                {rows.map((variant) => (
                  <Row
                    key={variant.emailer_touch_id}
                    {...{ variant, index: variants.indexOf(variant), position, most, whole }}
                  />
                ))}
              </tbody>
            ))}
          </table>
        );
      })}
    </section>
  );
}

const isPaired = ({ goes_with_touch_id }: VariantRow) => goes_with_touch_id !== null;

/** Apart by whom they are for; everybody else stands last. Without a name where all are for everybody. */
function groupsOf(report: Report, variants: readonly VariantRow[]) {
  if (!variants.some(isPaired)) return [{ readers: "", rows: variants }];
  const groups = Map.groupBy(variants, (variant) => variant.goes_with_touch_id);
  const last = groups.get(null) ?? [];
  groups.delete(null);
  const paired = [...groups].map(([id, rows]) => ({ readers: readersOf(report, id), rows }));
  return last.length > 0 ? [...paired, { readers: "For everybody else", rows: last }] : paired;
}

function readersOf({ variants, steps }: Report, touchId: string | null) {
  const stepId = variants.find((one) => one.emailer_touch_id === touchId)?.emailer_step_id;
  const own = variants.filter((one) => one.emailer_step_id === stepId);
  return forWhoeverGot({
    step: steps.find((step) => step.emailer_step_id === stepId)?.position ?? 0,
    variant: own.findIndex((one) => one.emailer_touch_id === touchId) + 1,
  });
}

/** How far from nothing the picture of one test goes to either side. */
function widest(variants: readonly VariantRow[]) {
  const ends = variants.flatMap(({ mails, difference }) =>
    difference && mails.delivered > 0 ? [-difference.least, difference.most] : [],
  );
  return Math.max(0.02, ...ends);
}

type RowProps = { variant: VariantRow; index: number; position: number; most: number; whole: Whole };

function Row({ variant, index, position, most, whole }: RowProps) {
  const { mails, replies, difference, verdict, emailer_touch_id: touchId } = variant;
  const touch = whole.emailer_touches.find(({ id }) => id === touchId);
  const template = whole.emailer_templates.find(({ id }) => id === touch?.emailer_template_id);
  const { kind, word } = VERDICTS[verdict];
  const says = `${percent(replies.share)} of ${count(mails.delivered, "delivered mail")}; the truth lies between ${percent(replies.least)} and ${percent(replies.most)}`;
  return (
    <tr>
      <th scope="row">
        <span className={classes.letter}>
          {position}
          {letterOf(index)}
        </span>
        <span className={classes.subject}>{template?.subject || "Re: …"}</span>
      </th>
      <td className={classes.replied}>
        <Count
          n={mails.replied}
          stat="replied"
          of={[[mails.delivered, "delivered mails"]]}
          what={`answered, variant ${letterOf(index)}`}
          touchId={touchId}
        />
      </td>
      <td className={classes.plot}>
        {mails.delivered === 0 || !difference ? (
          <span className="soft">
            {mails.delivered === 0 ? "Not sent yet" : "No other is for the same people"}
          </span>
        ) : (
          <DifferencePicture {...{ difference, most }} says={`${says}. ${sayDifference(difference)}`} />
        )}
      </td>
      <td className={classes.verdict}>
        <State kind={kind}>{word}</State>
      </td>
    </tr>
  );
}

type Difference = NonNullable<VariantRow["difference"]>;

/** Nothing stands in the middle: to the right of it is more than the best other variant, to the left less. */
function DifferencePicture({
  difference,
  most,
  says,
}: {
  difference: Difference;
  most: number;
  says: string;
}) {
  const at = (share: number) => 50 + Math.max(-1, Math.min(1, share / most)) * 48;
  const { share, least, most: furthest } = difference;
  return (
    <Tooltip label={says} multiline maw={320}>
      <span className={classes.scale} role="img" aria-label={says}>
        <span className={classes.nothing} />
        <span
          className={classes.range}
          style={{ left: `${at(least)}%`, width: `${at(furthest) - at(least)}%` }}
        />
        <span className={classes.dot} style={{ left: `${at(share)}%` }} />
      </span>
    </Tooltip>
  );
}

function sayDifference({ share, least, most }: Difference) {
  const points = (of: number) => `${of < 0 ? "−" : "+"}${(Math.abs(of) * 100).toFixed(1)}`;
  return `Against the best other variant ${points(share)} points, in truth between ${points(least)} and ${points(most)}`;
}

const VERDICTS: Record<VariantRow["verdict"], { kind: StateKind; word: string }> = {
  alone: { kind: "off", word: "By itself" },
  too_early: { kind: "waiting", word: "Too early to tell" },
  ahead: { kind: "good", word: "Does better" },
  behind: { kind: "bad", word: "Does worse" },
  even: { kind: "off", word: "No difference that matters" },
};
