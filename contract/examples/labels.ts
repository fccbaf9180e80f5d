import type { Example } from "../endpoint.ts";

const plants = {
  id: "64f0aa00000000000000001a",
  modality: "contacts",
  cached_count: 0,
  name: "Q3 plants",
  created_at: "2026-02-03T08:00:00.000Z",
  updated_at: "2026-02-03T08:00:00.000Z",
  user_id: "64f0aa000000000000000002",
  book_of_business: null,
};

export const labels: Record<string, readonly Example[]> = {
  "labels.list": [
    {
      title: "All lists",
      input: {},
      answer: [
        {
          _id: plants.id,
          cached_count: 3,
          concurrency_locks: {},
          created_at: plants.created_at,
          modality: "contacts",
          name: plants.name,
          need_cached_count_update: false,
          needs_count_update_at: null,
          rule_config_template_id: null,
          team_id: "64f0aa000000000000000001",
          updated_at: plants.updated_at,
          user_id: plants.user_id,
          id: plants.id,
          key: plants.id,
        },
      ],
    },
  ],
  "labels.create": [
    {
      title: "A list of contacts",
      input: { name: "Q3 plants", modality: "contacts" },
      answer: { label: plants },
    },
  ],
  "labels.addEntityIds": [
    {
      title: "Two contacts onto a list",
      input: {
        entity_ids: ["64f0aa0000000000000000c1", "64f0aa0000000000000000c2"],
        label_names: ["Q3 plants"],
        modality: "contacts",
      },
      answer: { labels: [{ ...plants, cached_count: 2 }] },
    },
  ],
};
