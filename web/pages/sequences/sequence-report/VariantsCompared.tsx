import { Tooltip } from "@mantine/core";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { State, type StateKind } from "../../../parts/State.tsx";
import { letterOf } from "../sequence-steps/draft.ts";
import { forWhoeverGot } from "../sequence-steps/pairs.ts";
import type { FullSequence } from "../sequences/queries.ts";
import { percent } from "../sequences/rates.tsx";
import { Count } from "./Count.tsx";
import type { Report, VariantRow } from "./queries.ts";
import reportClasses from "./ReportTab.module.css";
import classes from "./VariantsCompared.module.css";

/** Variants compared, with the range of the true rate, so that users do not act on chance. */
export function VariantsCompared({ report, whole }: { report: Report; whole: FullSequence }) {
  const tests = report.steps
    .map(({ emailer_step_id, position }) => ({
      position,
      variants: report.variants.filter((variant) => variant.emailer_step_id === emailer_step_id),
    }))
    .filter(({ variants }) => variants.length > 1);
  if (tests.length === 0) return null;
  return (
    <section className={reportClasses.section}>
      <h2 className={reportClasses.title}>{t("Variants")}</h2>
      <p className={reportClasses.note}>
        {t(
          "Replies per delivered email. The line shows the 95% range of the difference from the best other variant. If it crosses the middle, the difference may be chance. A better variant is named from 100 delivered emails each.{some}",
          {
            some:
              tests.some(({ variants }) => variants.some(isPaired)) &&
              t(
                " Variants for contacts who got a certain earlier variant are compared only with each other, because the earlier email affects their replies too.",
              ),
          },
        )}
      </p>
      {tests.map(({ position, variants }) => {
        const most = widest(variants);
        return (
          <table
            key={position}
            className={classes.table}
            aria-label={t("Variants of step {position}", { position })}
          >
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
                    variant={variant}
                    index={variants.indexOf(variant)}
                    position={position}
                    most={most}
                    whole={whole}
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
  return last.length > 0 ? [...paired, { readers: t("For all other contacts"), rows: last }] : paired;
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

type RowProps = { variant: VariantRow; index: number; position: number; most: number; whole: FullSequence };

function Row({ variant, index, position, most, whole }: RowProps) {
  const { mails, replies, difference, verdict, emailer_touch_id: touchId } = variant;
  const touch = whole.emailer_touches.find(({ id }) => id === touchId);
  const template = whole.emailer_templates.find(({ id }) => id === touch?.emailer_template_id);
  const { kind, word } = VERDICTS[verdict];
  const says = t(
    "{share} of {delivered, plural, one {# delivered email} other {# delivered emails}}; likely between {least} and {most}",
    {
      share: percent(replies.share),
      delivered: mails.delivered,
      least: percent(replies.least),
      most: percent(replies.most),
    },
  );
  return (
    <tr>
      <th scope="row">
        <span className={classes.letter}>
          {position}
          {letterOf(index)}
        </span>
        <span className={classes.subject}>{template?.subject || t("Re: …")}</span>
      </th>
      <td className={classes.replied}>
        <Count
          n={mails.replied}
          stat="replied"
          of={[[mails.delivered, t("delivered emails")]]}
          what={t("replied, variant {index}", { index: letterOf(index) })}
          touchId={touchId}
        />
      </td>
      <td className={classes.plot}>
        {mails.delivered === 0 || !difference ? (
          <span className="soft">
            {mails.delivered === 0 ? t("Not sent yet") : t("No other variant for the same contacts")}
          </span>
        ) : (
          <DifferencePicture
            difference={difference}
            most={most}
            says={`${says}. ${sayDifference(difference)}`}
          />
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
  return t("{share} points against the best other variant, likely between {least} and {most}", {
    share: points(share),
    least: points(least),
    most: points(most),
  });
}

const VERDICTS: Record<VariantRow["verdict"], { kind: StateKind; word: string }> = perLanguage(() => ({
  alone: { kind: "off", word: t("Only variant") },
  too_early: { kind: "waiting", word: t("Too early to tell") },
  ahead: { kind: "good", word: t("Better") },
  behind: { kind: "bad", word: t("Worse") },
  even: { kind: "off", word: t("No relevant difference") },
}));
