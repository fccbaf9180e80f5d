import { VisuallyHidden } from "@mantine/core";
import { t } from "../../../language/t.ts";
import type { Metric, ReportQuery } from "./asked.ts";
import type { Figures, ReportCell, ReportFigures } from "./queries.ts";
import classes from "./Reports.module.css";
import { sayDimension, sayFigure, sayMetric } from "./words.ts";

type Props = {
  asked: ReportQuery;
  counted: ReportFigures;
  isStale: boolean;
  onOpen: (cell: ReportCell) => void;
};

/** A line for each group, and all of it at the foot; each number opens what it counts. Across: the first number alone, for each value. */
export function ReportTable({ asked, counted, isStale, onOpen }: Props) {
  const { metrics, by, across } = asked;
  const { groups, pivots, totals } = counted;
  const [first] = metrics;
  const figures = (of: Figures, group: string | null, what: string) =>
    metrics.map((metric) => (
      <td key={metric}>
        <Figure
          metric={metric}
          figure={of[metric] ?? null}
          what={what}
          onOpen={() => onOpen({ metric, group, pivot: null })}
        />
      </td>
    ));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className={classes.scrolls} tabIndex={0} aria-label={t("The report as a table")}>
      <table className={`${classes.table} ${isStale ? classes.stale : ""}`} aria-label={t("Report")}>
        <thead>
          <tr>
            <th scope="col">{by ? sayDimension(by) : <VisuallyHidden>{t("Group")}</VisuallyHidden>}</th>
            {metrics.map((metric) => (
              <th key={metric} scope="col">
                {sayMetric(metric)}
              </th>
            ))}
            {first &&
              across &&
              pivots.map(({ key, name }) => (
                <th key={key} scope="col">
                  {name}
                  <VisuallyHidden>, {sayMetric(first)}</VisuallyHidden>
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {groups.map(({ key, name, figures: own, pivots: cells }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {figures(own, key, name)}
              {first &&
                across &&
                pivots.map((pivot) => (
                  <td key={pivot.key}>
                    <Figure
                      metric={first}
                      figure={cells.get(pivot.key)?.[first] ?? null}
                      what={`${name}, ${pivot.name}`}
                      onOpen={() => onOpen({ metric: first, group: key, pivot: pivot.key })}
                    />
                  </td>
                ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("Total")}</th>
            {figures(totals, null, "total")}
            {across && pivots.map(({ key }) => <td key={key} />)}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

type FigureProps = { metric: Metric; figure: number | null; what: string; onOpen: () => void };

function Figure({ metric, figure, what, onOpen }: FigureProps) {
  if (figure === null || figure === 0) return <span className="soft">{sayFigure(metric, figure)}</span>;
  return (
    <button type="button" className={classes.number} onClick={onOpen}>
      {sayFigure(metric, figure)}
      <VisuallyHidden>
        {" "}
        {t("{metric}, {what}. Show records", { metric: sayMetric(metric), what })}
      </VisuallyHidden>
    </button>
  );
}
