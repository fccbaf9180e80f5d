import assert from "node:assert/strict";
import { test } from "node:test";
import { csvOfChart } from "./chart-table.ts";

test("a chart's numbers are a table: the axis, then a column for each series", () => {
  const series = [
    { name: "sent", label: "Sent, all", color: "red" },
    { name: "replied", color: "blue" },
  ];
  const rows = [
    { day: "1 Nov", sent: 12, replied: 0 },
    { day: '=HYPERLINK("x")', sent: null, replied: -1.5 },
  ];
  assert.equal(
    csvOfChart({ key: "day", label: "Day" }, series, rows),
    'Day,"Sent, all",replied\r\n1 Nov,12,0\r\n"\'=HYPERLINK(""x"")",,-1.5\r\n',
  );
});
