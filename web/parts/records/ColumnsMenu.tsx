import { ActionIcon, Button, Popover, Tooltip } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../language/t.ts";
import { ColumnLine, type LineProps } from "./ColumnLine.tsx";
import classes from "./ColumnsMenu.module.css";
import {
  arrange,
  boundedWidth,
  type ChangeLayout,
  DEFAULT_LAYOUT,
  DEFAULT_WIDTH,
  isDefault,
  type Layout,
  moved,
  pinToggled,
  placesFor,
  type RecordColumn,
  toggled,
  widened,
} from "./columns.ts";
import { useReorder } from "./useReorder.ts";

type Props<Row> = {
  columns: readonly RecordColumn<Row>[];
  layout: Layout;
  onLayout: ChangeLayout;
  /** How wide a column is drawn; not given above cards, where nothing is pinned or made wider. */
  drawnWidth?: (id: string) => number | undefined;
};

/** Which columns are shown, in which order, and which stay at the left. */
export function ColumnsMenu<Row>(props: Props<Row>) {
  const [isOpen, setIsOpen] = useState(false);
  const toggle = () => setIsOpen(!isOpen);
  return (
    <Popover
      opened={isOpen}
      onChange={setIsOpen}
      position="bottom-end"
      width={280}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        {!props.drawnWidth ? (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconColumns3 size="0.875rem" stroke={1.75} />}
            onClick={toggle}
          >
            {t("Columns")}
          </Button>
        ) : (
          <Tooltip label={t("Columns")} disabled={isOpen}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t("Columns")}
              className={classes.opener}
              onClick={toggle}
            >
              <IconColumns3 size="1rem" stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        )}
      </Popover.Target>
      <Popover.Dropdown aria-label={t("Columns")} className={classes.menu}>
        <Lines {...props} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Lines<Row>({ columns, layout, onLayout, drawnWidth }: Props<Row>) {
  const { shown, hidden, pinned } = arrange(columns, layout);
  const [said, setSaid] = useState("");
  const headerOf = (id: string) => columns.find((column) => column.id === id)?.header ?? "";
  const placeIn = (now: Layout, id: string) =>
    arrange(columns, now).shown.findIndex((column) => column.id === id);
  const move = (id: string, placed: (from: number) => number) => {
    let before = -1;
    const next = onLayout((now) => {
      before = placeIn(now, id);
      const [least, most] = placesFor(columns, now, id);
      const to = placed(before);
      return to < least || to > most ? now : moved(columns, now, id, to);
    });
    const [place, count] = [placeIn(next, id) + 1, arrange(columns, next).shown.length];
    if (place !== before + 1)
      setSaid(t("{column} is now column {place} of {count}.", { column: headerOf(id), place, count }));
  };
  const widen = (id: string, by: number | null) => {
    const next = onLayout((now) => {
      const before = now.widths[id] ?? drawnWidth?.(id) ?? DEFAULT_WIDTH;
      return widened(columns, now, { id, width: by === null ? null : boundedWidth(before + by) });
    });
    const width = next.widths[id];
    if (width !== undefined)
      setSaid(t("{column} is now {width} pixels wide.", { column: headerOf(id), width }));
  };
  const carrying = useReorder({
    axis: "y",
    ids: shown.map(({ id }) => id),
    placesFor: (id) => placesFor(columns, layout, id),
    onMove: (id, to) => move(id, () => to),
  });
  const line = (column: RecordColumn<Row>, place: number): LineProps => ({
    id: column.id,
    header: column.header,
    isFirst: place === 0,
    isShown: place >= 0,
    isPinned: place >= 0 && place < pinned,
    isInTable: drawnWidth !== undefined,
    carrying,
    onToggle: () => onLayout((now) => toggled(columns, now, column.id)),
    onPin: () => onLayout((now) => pinToggled(columns, now, column.id)),
    onMove: (by) => move(column.id, (from) => from + by),
    onWiden: (by) => widen(column.id, by),
  });
  return (
    <>
      {/* One list of all: a column that is shown or hidden goes to another place in it and keeps the focus. */}
      <ul aria-label={t("Columns")} className={classes.list}>
        {[
          ...shown.map((column, place) => <ColumnLine key={column.id} {...line(column, place)} />),
          hidden.length > 0 && (
            <li key="" className={classes.label}>
              {t("Hidden")}
            </li>
          ),
          ...hidden.map((column) => <ColumnLine key={column.id} {...line(column, -1)} />),
        ]}
      </ul>
      <div className={classes.foot}>
        <p className="soft small">
          {drawnWidth
            ? t("Drag a handle. Keys on it: ↑ ↓ move, ← → width, Delete automatic width.")
            : t("Drag a handle, or press ↑ or ↓ on it.")}
        </p>
        <Button
          variant="default"
          size="compact-sm"
          disabled={isDefault(layout)}
          onClick={() => onLayout(() => DEFAULT_LAYOUT)}
        >
          {t("Reset columns")}
        </Button>
      </div>
      <p className={classes.said} role="status">
        {said}
      </p>
    </>
  );
}
