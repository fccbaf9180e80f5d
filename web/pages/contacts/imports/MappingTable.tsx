import { Select } from "@mantine/core";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { DataTable } from "../../../parts/DataTable.tsx";
import type { ImportPreview } from "./queries.ts";
import { isTheTeams, NEW, sayShared } from "./words.ts";

type Column = ImportPreview["columns"][number];
type Props = {
  preview: ImportPreview;
  mapping: ImportPreview["mapping"];
  onChange: (column: string, field: string | null) => void;
};

const OUT = "";
/** Several columns may say that a contact has opted out. */
const OPT_OUTS = new Set(["do_not_contact", "email_unsubscribed"]);

/** What each column holds, and which field it goes to. */
export function MappingTable({ preview, mapping, onChange }: Props) {
  const taken = new Set(Object.values(mapping));
  return (
    <DataTable
      label={t("Columns")}
      rows={preview.columns}
      rowKey={({ name }) => name}
      columns={[
        { header: t("Column"), cell: ({ name }) => name, width: "24%" },
        {
          header: t("Values in the file"),
          cell: ({ samples }) => (
            <span className="soft small">{samples.slice(0, 3).join(" · ") || t("Empty")}</span>
          ),
          width: "40%",
        },
        {
          header: t("Field"),
          cell: (column) => (
            <Select
              aria-label={t("Field for {name}", { name: column.name })}
              size="xs"
              searchable
              allowDeselect={false}
              data={choicesFor(column, preview, taken, mapping[column.name] ?? OUT)}
              value={column.name in mapping ? (mapping[column.name] ?? OUT) : null}
              placeholder={t("Choose")}
              error={
                !(column.name in mapping) &&
                t("This column may contain unsubscribes. Choose a field, or skip the column.")
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
  { kind, fields }: ImportPreview,
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
    { group: t("No field"), items: [{ value: OUT, label: t("Skip column") }] },
    ...(isTheTeams(kind)
      ? [
          {
            group: t("New custom field"),
            items: [...new Set([type, "string" as const])].map((one) => ({
              value: NEW + one,
              label: t("Create field: {one}", { one: TYPES[one] }),
            })),
          },
        ]
      : []),
    { group: t("Fields"), items: fields.filter(({ is_custom }) => !is_custom).map(choice) },
    ...(custom.length > 0 ? [{ group: t("Custom fields"), items: custom.map(choice) }] : []),
  ];
}

const TYPES: Record<Column["suggested_type"], string> = perLanguage(() => ({
  string: t("text"),
  textarea: t("long text"),
  number: t("number"),
  date: t("date"),
  boolean: t("yes or no"),
}));
