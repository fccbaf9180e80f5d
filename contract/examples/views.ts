import type { Example } from "../endpoint.ts";

const view = {
  id: "64f0aa0000000000000000e7",
  subject: "contacts",
  name: "Cold plants in Norway",
  filter: { q: "plant", location: "norway" },
  columns: ["name", "title", "company", "stage"],
  pinned: ["title"],
  widths: { title: 220 },
  sort: "-contact_last_activity_date",
  shared: true,
  user_id: "64f0aa000000000000000002",
  created_at: "2026-02-03T08:00:00.000Z",
  updated_at: "2026-02-03T08:00:00.000Z",
};

export const views: Record<string, readonly Example[]> = {
  "views.list": [{ title: "Views of contacts", input: { subject: "contacts" }, answer: { views: [view] } }],
  "views.create": [
    {
      title: "A view for the whole team",
      isShownElsewhere: true,
      input: {
        subject: view.subject,
        name: view.name,
        filter: view.filter,
        columns: view.columns,
        pinned: view.pinned,
        widths: view.widths,
        sort: view.sort,
        shared: true,
      },
      answer: { view },
    },
  ],
};
