import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { dateFormat } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { figure } from "../../../parts/figures.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { kindWords } from "./kind-words.ts";
import { type KindSize, type Storage, storageQuery } from "./queries.ts";
import { StorageBar } from "./StorageBar.tsx";
import { sizeText } from "./sizes.ts";

const DAY = dateFormat({ dateStyle: "long", timeZone: "UTC" });

export function StorageSection() {
  const storage = useQuery(storageQuery);
  const [isByTable, setIsByTable] = useState(false);
  const { data } = storage;
  return (
    <Section
      title={t("Storage")}
      note={t(
        "What the database holds. Rows are estimates. Old data is deleted by the rules in Personal data.",
      )}
    >
      <Trouble error={storage.error} onRetry={() => void storage.refetch()} />
      {data && (
        <div className="stack">
          <Facts facts={factsOf(data)} />
          <StorageBar kinds={data.kinds} />
          {isByTable ? (
            <DataTable
              label={t("Storage by table")}
              columns={TABLES}
              rows={tablesOf(data)}
              rowKey={({ name }) => name}
            />
          ) : (
            <DataTable
              label={t("Storage by kind")}
              columns={KINDS}
              rows={data.kinds}
              rowKey={({ kind }) => kind}
            />
          )}
          <div>
            <Button variant="default" onClick={() => setIsByTable(!isByTable)}>
              {isByTable ? t("Show kinds of data") : t("Show each table")}
            </Button>
          </div>
        </div>
      )}
    </Section>
  );
}

function factsOf({ database_bytes, disk, growth, emails }: Storage) {
  const facts: [string, string][] = [[t("Database"), sizeText(database_bytes)]];
  facts.push([
    t("Growth"),
    growth
      ? t("{size} a day since {day}", {
          size: sizeText(growth.bytes_per_day),
          day: DAY.format(new Date(growth.since)),
        })
      : t("Known after three days"),
  ]);
  if (disk) {
    const { free_bytes, total_bytes, full_on } = disk;
    facts.push([
      t("Free on the disk"),
      t("{free} of {all}", { free: sizeText(free_bytes), all: sizeText(total_bytes) }),
    ]);
    if (full_on) facts.push([t("Disk full, at this pace"), DAY.format(new Date(full_on))]);
  }
  if (emails) facts.push([t("One email, with all that belongs to it"), sizeText(emails.bytes_each)]);
  return facts;
}

const KINDS: Column<KindSize>[] = perLanguage(() => [
  {
    header: t("Kind"),
    width: "50%",
    cell: ({ kind }) => {
      const { name, holds } = kindWords(kind);
      return (
        <span>
          {name}
          <span className="soft small" style={{ display: "block" }}>
            {holds}
          </span>
        </span>
      );
    },
  },
  ...sizeColumns<KindSize>(),
]);

type TableSize = KindSize["tables"][number];

const TABLES: Column<TableSize>[] = perLanguage(() => [
  { header: t("Table"), width: "40%", cell: ({ name }) => <code>{name}</code> },
  ...sizeColumns<TableSize>(),
  {
    header: t("Rows not cleaned up yet"),
    align: "right",
    cell: ({ dead_rows }) => figure(Math.round(dead_rows)),
  },
]);

function sizeColumns<Row extends Pick<TableSize, "bytes" | "index_bytes" | "rows">>(): Column<Row>[] {
  return [
    { header: t("Size"), align: "right", cell: ({ bytes }) => sizeText(bytes) },
    { header: t("Of it, indexes"), align: "right", cell: ({ index_bytes }) => sizeText(index_bytes) },
    { header: t("Rows"), align: "right", cell: ({ rows }) => figure(Math.round(rows)) },
  ];
}

const tablesOf = ({ kinds }: Storage) =>
  kinds.flatMap(({ tables }) => tables).toSorted((one, other) => other.bytes - one.bytes);
