import { t } from "../../language/t.ts";
import { Dialog } from "../Dialog.tsx";
import { figure } from "../figures.ts";
import classes from "./ChartTable.module.css";
import type { ChartRow, ChartSeries, OpenRows } from "./chart-table.ts";

type Props = {
  title: string;
  axis: { key: string; label: string };
  series: readonly ChartSeries[];
  rows: readonly ChartRow[];
  onOpen: OpenRows | undefined;
  onClose: () => void;
};

/** The numbers of a chart, for those who read rather than look; each opens what it counts where the bars do. */
export function ChartTable({ title, axis, series, rows, onOpen, onClose }: Props) {
  return (
    <Dialog title={title} onClose={onClose} size="lg">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section className={classes.scrolls} tabIndex={0} aria-label={title}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{axis.label}</th>
              {series.map(({ name, label }) => (
                <th key={name} scope="col">
                  {label ?? name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={String(row.key ?? row[axis.key])}>
                <th scope="row">{String(row[axis.key])}</th>
                {series.map(({ name, label }) => (
                  <td key={name}>
                    <Cell
                      figure={row[name]}
                      says={t("{row}: {column}", { row: String(row[axis.key]), column: label ?? name })}
                      onOpen={
                        onOpen &&
                        (() => {
                          onClose();
                          onOpen(row, name);
                        })
                      }
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Dialog>
  );
}

type CellProps = { figure: unknown; says: string; onOpen: (() => void) | undefined };

function Cell({ figure: value, says, onOpen }: CellProps) {
  if (typeof value !== "number") return value === null || value === undefined ? "–" : String(value);
  if (!onOpen || value === 0) return figure(value);
  return (
    <button
      type="button"
      className={classes.figure}
      aria-label={`${says}, ${figure(value)}`}
      title={t("Show what this counts")}
      onClick={onOpen}
    >
      {figure(value)}
    </button>
  );
}
