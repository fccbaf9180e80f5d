import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { t } from "../../language/t.ts";
import { save } from "../download.ts";
import { toast } from "../toast.tsx";
import classes from "./ChartFigure.module.css";
import { pictureOf } from "./chart-picture.ts";
import { type ChartRow, type ChartSeries, csvOfChart, type OpenRows } from "./chart-table.ts";

const ChartTable = lazy(async () => ({ default: (await import("./ChartTable.tsx")).ChartTable }));

type Props = {
  /** Over the picture, and in the names of the files. */
  title: string;
  /** What the chart shows, for screen readers. */
  label: string;
  /** The column of the rows that the horizontal axis shows, and its name. */
  axis: { key: string; label: string };
  series: readonly ChartSeries[];
  rows: readonly ChartRow[];
  /** How its picture is made, where it is not drawn by the charts' library, and may hold buttons. */
  draw?: (chart: HTMLElement, title: string) => Promise<Blob>;
  /** What its bars do; its table does it too. */
  onOpen?: OpenRows | undefined;
  children: ReactNode;
};

/** A chart with a menu that copies or saves it: as a picture with its title, and as a table of its numbers. */
export function ChartFigure({ title, label, axis, series, rows, draw, onOpen, children }: Props) {
  const [isTable, setIsTable] = useState(false);
  const chart = useRef<HTMLDivElement>(null);
  const picture = () => {
    if (!chart.current) throw new Error("a chart that is not on the page");
    return draw ? draw(chart.current, title) : pictureOf(chart.current, { title, series });
  };
  const name = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  const copy = async () => {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": picture() })]);
    toast(t("Chart copied as a picture."));
  };
  const table = () => save(new Blob([csvOfChart(axis, series, rows)], { type: "text/csv" }), `${name}.csv`);
  return (
    <div className={classes.figure}>
      {draw ? (
        <figure ref={chart} className={classes.map} aria-label={label}>
          {children}
        </figure>
      ) : (
        <div ref={chart} role="img" aria-label={label}>
          {children}
        </div>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            className={classes.menu}
            aria-label={t("Copy or download: {title}", { title })}
          >
            <IconDots size="1rem" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setIsTable(true)}>{t("Show as table")}</Menu.Item>
          {/* Browsers offer the clipboard to https and localhost only. */}
          {"ClipboardItem" in window && window.isSecureContext && (
            <Menu.Item onClick={() => void copy()}>{t("Copy as PNG")}</Menu.Item>
          )}
          <Menu.Item onClick={() => void picture().then((png) => save(png, `${name}.png`))}>
            {t("Download PNG")}
          </Menu.Item>
          <Menu.Item onClick={table}>{t("Download CSV")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isTable && (
        <Suspense>
          <ChartTable
            title={title}
            axis={axis}
            series={series}
            rows={rows}
            onOpen={onOpen}
            onClose={() => setIsTable(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
