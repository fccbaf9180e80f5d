import type { Example } from "../endpoint.ts";

const found = {
  id: "64f0aa0000000000000001a1",
  kind: "contacts",
  status: "done",
  total: 3,
  created: 1,
  updated: 1,
  unchanged: 0,
  skipped: 1,
  enrolled: 0,
  not_enrolled: 0,
  codes: { email_invalid: 1 },
  enrollment_codes: {},
  reasons: [{ code: "email_invalid", count: 1, sentence: "The email address is none." }],
  error: null,
  file_name: "fair.csv",
  size: 214,
  format: "csv",
  encoding: "utf-8",
  delimiter: ",",
  mapping: { "First name": "first_name", Email: "email", Company: "organization_name", Booth: null },
  overwrite: "fill",
  sequence_id: null,
  user_id: "64f0aa000000000000000002",
  result_url: "https://cadenza.example/api/v1/imports/64f0aa0000000000000001a1/rows",
  created_at: "2026-02-03T08:00:00.000Z",
  finished_at: "2026-02-03T08:00:01.000Z",
  undone_at: null,
  undo_until: "2026-03-05T08:00:00.000Z",
  warnings: ["One column is left out: Booth."],
};

const nothing = {
  same_as_row: null,
  account_id: null,
  person_id: null,
  organization_id: null,
  enrollment: null,
  enrollment_code: null,
  enrollment_sentence: null,
  left_out: {},
  undone: null,
};

export const imports: Record<string, readonly Example[]> = {
  "imports.list": [
    {
      title: "The last imports",
      input: {},
      answer: {
        imports: [found],
        pagination: { page: 1, per_page: 25, total_entries: 1, total_pages: 1 },
      },
    },
  ],
  "imports.preview": [
    {
      title: "How a file would be read",
      input: { text: "First name,Email,Booth\nInes,ines@norrland.example,A4\n" },
      answer: {
        preview: {
          kind: "contacts",
          format: "csv",
          encoding: "utf-8",
          has_mark: false,
          delimiter: ",",
          size: 56,
          total: 1,
          mapping: { "First name": "first_name", Email: "email", Booth: null },
          columns: [
            {
              name: "First name",
              samples: ["Ines"],
              field: "first_name",
              found_by: "name",
              shares_with: null,
              suggested_type: "string",
            },
            {
              name: "Email",
              samples: ["ines@norrland.example"],
              field: "email",
              found_by: "name",
              shares_with: null,
              suggested_type: "string",
            },
            {
              name: "Booth",
              samples: ["A4"],
              field: null,
              found_by: null,
              shares_with: null,
              suggested_type: "string",
            },
          ],
          rows: [{ row: 2, cells: ["Ines", "ines@norrland.example", "A4"], code: null, sentence: null }],
          fields: [{ field: "email", label: "Email", is_custom: false }],
          warnings: ["One column is left out: Booth."],
        },
      },
    },
  ],
  "imports.rows": [
    {
      title: "What became of the rows",
      input: { id: found.id },
      answer: {
        rows: [
          {
            ...nothing,
            row: 2,
            verdict: "updated",
            code: null,
            sentence: null,
            contact_id: "64f0aa000000000000000101",
            name: "Ines Berg",
            before: { title: null },
            after: { title: "Buyer" },
          },
          {
            ...nothing,
            row: 3,
            verdict: "skipped",
            code: "email_invalid",
            sentence: "The email address is none.",
            contact_id: null,
            name: null,
            before: null,
            after: null,
          },
        ],
        pagination: { page: 1, per_page: 25, total_entries: 2, total_pages: 1 },
      },
    },
  ],
};
