import type { CSSProperties } from "react";
import { t } from "../../../language/t.ts";
import { ChartFigure } from "../../../parts/charts/ChartFigure.tsx";
import type { ReportQuery } from "./asked.ts";
import { wholeAxis } from "./axis.ts";
import classes from "./HeatMap.module.css";
import { shadesOf } from "./heat.ts";
import { pictureOfHeatMap } from "./heat-picture.ts";
import type { Figures, ReportCell, ReportFigures } from "./queries.ts";
import { sayDimension, sayFigure, sayMetric } from "./words.ts";

type Props = { asked: ReportQuery; counted: ReportFigures; onOpen: (cell: ReportCell) => void };

/** The first number of each group and each value across, the darker the larger. The same stands in the table below. */
export function HeatMap({ asked, counted, onOpen }: Props) {
  const [metric] = asked.metrics;
  if (!metric) return null;
  const groups = wholeAxis(asked.by, counted.groups, (named) => ({
    ...named,
    figures: {},
    pivots: new Map<string, Figures>(),
  }));
  const pivots = wholeAxis(asked.across, counted.pivots, (named) => named);
  const figureAt = (group: ReportFigures["groups"][number], pivot: string) =>
    group.pivots.get(pivot)?.[metric] ?? null;
  const { shadeOf, most } = shadesOf(
    groups.flatMap((group) => pivots.map(({ key }) => figureAt(group, key))),
  );
  return (
    <ChartFigure
      title={sayMetric(metric)}
      label={t("{sayMetric} as a heat map. The table below shows the same data.", {
        sayMetric: sayMetric(metric),
      })}
      axis={{ key: "name", label: asked.by ? sayDimension(asked.by) : "" }}
      series={pivots.map(({ key, name }) => ({ name: key, label: name, color: "" }))}
      rows={groups.map((group) => ({
        name: group.name,
        ...Object.fromEntries(pivots.map(({ key }) => [key, figureAt(group, key)])),
      }))}
      draw={pictureOfHeatMap}
    >
      {/* The table has the same numbers and a button for each: here they are for the eye and the mouse. */}
      <div
        className={classes.grid}
        aria-hidden="true"
        style={{ gridTemplateColumns: `auto repeat(${pivots.length}, 1fr)` }}
      >
        <span />
        {pivots.map(({ key, name }) => (
          <span key={key} className={classes.across} title={name} data-name>
            {name}
          </span>
        ))}
        {groups.map((group) => [
          <span key={group.key} className={classes.group} title={group.name} data-name>
            {group.name}
          </span>,
          ...pivots.map(({ key, name }) => {
            const figure = figureAt(group, key);
            return (
              <button
                type="button"
                tabIndex={-1}
                key={`${group.key} ${key}`}
                className={classes.cell}
                data-cell
                disabled={!figure}
                title={`${group.name}, ${name}: ${sayFigure(metric, figure)}`}
                style={{ "--shade": `${shadeOf(figure)}%` } as CSSProperties}
                onClick={() => onOpen({ metric, group: group.key, pivot: key })}
              />
            );
          }),
        ])}
      </div>
      <p className={classes.legend}>
        <span data-name>{sayFigure(metric, 0)}</span>
        <span className={classes.scale} data-scale />
        <span data-name>{sayFigure(metric, most)}</span>
      </p>
    </ChartFigure>
  );
}
