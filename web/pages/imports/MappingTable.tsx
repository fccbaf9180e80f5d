import { Select } from "@mantine/core";
import { DataTable } from "../../parts/DataTable.tsx";
import type { Preview } from "./queries.ts";
import { isTheTeams, NEW, sayShared } from "./words.ts";

type Column = Preview["columns"][number];
type Props = {
  preview: Preview;
  mapping: Preview["mapping"];
  onChange: (column: string, field: string | null) => void;
};

const OUT = "";
/** Several columns may say that somebody has opted out. */
const OPT_OUTS = new Set(["do_not_contact", "email_unsubscribed"]);

/** What stands in each column, and what becomes of it. */
export function MappingTable({ preview, mapping, onChange }: Props) {
  const taken = new Set(Object.values(mapping));
  return (
    <DataTable
      label="Columns"
      rows={preview.columns}
      rowKey={({ name }) => name}
      columns={[
        { header: "Column", cell: ({ name }) => name, width: "24%" },
        {
          header: "In the file",
          cell: ({ samples }) => (
            <span className="soft small">{samples.slice(0, 3).join(" · ") || "Nothing"}</span>
          ),
          width: "40%",
        },
        {
          header: "Becomes",
          cell: (column) => (
            <Select
              aria-label={`${column.name} becomes`}
              size="xs"
              searchable
              allowDeselect={false}
              data={choicesFor(column, preview, taken, mapping[column.name] ?? OUT)}
              value={column.name in mapping ? (mapping[column.name] ?? OUT) : null}
              placeholder="Choose"
              error={
                !(column.name in mapping) && "This reads like an opt-out. Say where it goes, or leave it out."
              }
              onChange={(field) => onChange(column.name, field || null)}
              description={sayShared(column.name, preview, mapping)}
              inputWrapperOrder={["input", "description"]}
            />
          ),
          width: "36%",
        },
      ]}
    />
  );
}

function choicesFor(
  { suggested_type: type }: Column,
  { kind, fields }: Preview,
  taken: ReadonlySet<string | null>,
  own: string,
) {
  const choice = ({ field, label }: { field: string; label: string }) => ({
    value: field,
    label,
    disabled: field !== own && taken.has(field) && !OPT_OUTS.has(field),
  });
  const custom = fields.filter(({ is_custom }) => is_custom);
  return [
    { group: "No field", items: [{ value: OUT, label: "Leave it out" }] },
    ...(isTheTeams(kind)
      ? [
          {
            group: "A new field of your own",
            items: [...new Set([type, "string" as const])].map((one) => ({
              value: NEW + one,
              label: `Make a field: ${TYPES[one]}`,
            })),
          },
        ]
      : []),
    { group: "Fields", items: fields.filter(({ is_custom }) => !is_custom).map(choice) },
    ...(custom.length > 0 ? [{ group: "Your own fields", items: custom.map(choice) }] : []),
  ];
}

const TYPES: Record<Column["suggested_type"], string> = {
  string: "text",
  textarea: "long text",
  number: "number",
  date: "date",
  boolean: "yes or no",
};
