import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { DataTable } from "../../../parts/DataTable.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Page, Section } from "../../../parts/Page.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { FileDrop } from "./FileDrop.tsx";
import { FIRST_OPTIONS, ImportOptions, type Options, wishOf } from "./ImportOptions.tsx";
import classes from "./Imports.module.css";
import { MappingTable } from "./MappingTable.tsx";
import { Counts, RowsTable } from "./Outcome.tsx";
import {
  type ImportKind,
  type ImportPreview,
  importsQuery,
  useBringIn,
  usePreview,
  useTry,
} from "./queries.ts";
import { firstMapping, KINDS, kindOf, say, sayFormat } from "./words.ts";

/** A file is dropped, looked at, tried out and brought in. */
export function ImportPage() {
  const [address, setAddress] = useAddress();
  const kind = kindOf(address.kind);
  const [file, setFile] = useState<File | null>(null);
  const preview = usePreview();
  const take = (dropped: File) => {
    setFile(dropped);
    preview.mutate({ file: dropped, kind });
  };
  const again = () => {
    setFile(null);
    preview.reset();
  };
  return (
    <Page
      title={t("Import {many}", { many: KINDS[kind].many })}
      state={
        file && preview.data
          ? sayFile(file, preview.data)
          : t("Import a file. You get a result for every row.")
      }
    >
      {file && preview.data ? (
        <Choosing
          key={file.name + file.size}
          kind={kind}
          file={file}
          preview={preview.data}
          sequenceId={address.sequence ?? null}
          onAgain={again}
        />
      ) : (
        <>
          <div>
            <Segmented
              aria-label={t("Import as")}
              value={kind}
              onChange={(chosen) => setAddress({ kind: chosen })}
              data={Object.entries(KINDS).map(([value, { name }]) => ({ value, label: name }))}
            />
          </div>
          <FileDrop kind={kind} isBusy={preview.isPending} onFile={take} />
          <Trouble error={preview.error} doing="reading" />
          <Earlier kind={kind} />
        </>
      )}
    </Page>
  );
}

function sayFile(file: File, preview: ImportPreview) {
  const { total } = preview;
  const rows = total === null ? "" : `${t("{n, plural, one {# row} other {# rows}}", { n: total })}, `;
  return `${file.name}: ${rows}${sayFormat(preview)}.`;
}

type Props = {
  kind: ImportKind;
  file: File;
  preview: ImportPreview;
  /** Where one comes from a sequence. */
  sequenceId: string | null;
  onAgain: () => void;
};

function Choosing({ kind, file, preview, sequenceId, onAgain }: Props) {
  const navigate = useNavigate();
  const [mapping, setMapping] = useState(() => firstMapping(preview));
  const [options, setOptions] = useState<Options>({
    ...FIRST_OPTIONS,
    joins: sequenceId !== null,
    sequenceId,
  });
  const tried = useTry();
  const bringing = useBringIn();
  const wish = wishOf(kind, mapping, options);
  const isReady = !options.joins || (options.sequenceId !== null && options.mailboxIds.length > 0);
  const change = (part: Partial<Options>) => {
    tried.reset();
    setOptions((now) => ({ ...now, ...part }));
  };
  const bring = () =>
    bringing.mutate(
      { file, wish },
      { onSuccess: ({ import: { id } }) => void navigate({ to: "/imports/$id", params: { id } }) },
    );
  return (
    <>
      <Section
        title={t("Columns")}
        note={t("Columns without a matching field are skipped. You can change this.")}
      >
        <div className={classes.scrolls}>
          <MappingTable
            preview={preview}
            mapping={mapping}
            onChange={(column, field) => {
              tried.reset();
              setMapping((now) => ({ ...now, [column]: field }));
            }}
          />
        </div>
      </Section>
      <Section title={t("Settings for all rows")}>
        <div className={classes.narrow}>
          <ImportOptions kind={kind} options={options} change={change} />
        </div>
      </Section>
      {tried.data && (
        <Section title={t("Preview")} note={sayTried(tried.data.num_tried, tried.data.at_least)}>
          <Counts found={tried.data.import} />
          <div className={classes.scrolls}>
            <RowsTable kind={kind} rows={tried.data.rows?.slice(0, 50)} />
          </div>
        </Section>
      )}
      <Trouble error={tried.error ?? bringing.error} doing="writing" />
      <div className="row end">
        <Button variant="subtle" onClick={onAgain}>
          {t("Choose another file")}
        </Button>
        <Button
          variant="default"
          loading={tried.isPending}
          disabled={!isReady}
          onClick={() => tried.mutate({ file, wish })}
        >
          {t("Preview")}
        </Button>
        <Button loading={bringing.isPending} disabled={!isReady} onClick={bring}>
          {t("Import")}
        </Button>
      </div>
    </>
  );
}

function sayTried(count: number | undefined, isPart: boolean | undefined) {
  return isPart
    ? t("Preview of the first {say} rows. Nothing saved yet.", { say: say(count ?? 0) })
    : t("Nothing saved yet.");
}

/** What was brought in before, and how it went. */
function Earlier({ kind }: { kind: ImportKind }) {
  const navigate = useNavigate();
  const { data } = useQuery(importsQuery(kind));
  if (!data || data.length === 0) return null;
  return (
    <Section title={t("Earlier imports")}>
      <div className={classes.scrolls}>
        <DataTable
          label={t("Earlier imports")}
          rows={data}
          rowKey={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: "/imports/$id", params: { id } })}
          isOver={({ status }) => status === "undone"}
          columns={[
            { header: t("File"), cell: ({ file_name }) => file_name ?? t("Text") },
            { header: t("When"), cell: ({ created_at }) => <Moment at={created_at} /> },
            { header: t("Rows"), cell: ({ total }) => say(total), align: "right" },
            { header: t("Created"), cell: ({ created }) => say(created), align: "right" },
            { header: t("Updated"), cell: ({ updated }) => say(updated), align: "right" },
            { header: t("Skipped"), cell: ({ skipped }) => say(skipped), align: "right" },
          ]}
        />
      </div>
    </Section>
  );
}
