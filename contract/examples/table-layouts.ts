import type { Example } from "../endpoint.ts";

const layout = {
  table: "contacts",
  columns: ["name", "company", "title", "stage"],
  pinned: ["company"],
  widths: { company: 220 },
};

export const tableLayouts: Record<string, readonly Example[]> = {
  "tableLayouts.list": [
    {
      isShownElsewhere: true,
      title: "One table is arranged",
      input: {},
      answer: { table_layouts: [layout] },
    },
  ],
  "tableLayouts.save": [
    { title: "Company first, and kept in view", input: layout, answer: { table_layout: layout } },
  ],
  "tableLayouts.reset": [
    {
      title: "Back to the default columns",
      input: { table: "contacts" },
      answer: { table_layout: { table: "contacts", columns: null, pinned: [], widths: {} } },
    },
  ],
};
