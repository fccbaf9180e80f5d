import { Button, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Section } from "../../../parts/Page.tsx";
import { type IfMatch, useReadFirst } from "../../../parts/read-first.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import { LawfulBasis } from "./LawfulBasis.tsx";
import { type ProcessingRecord as Record, recordQuery } from "./queries.ts";
import classes from "./Retention.module.css";

/** What article 30 of the GDPR asks of the team: its own words, and what is read from data and settings. */
export function ProcessingRecord() {
  const { data, error, refetch } = useQuery(recordQuery);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  return data ? <Whole key={data.updated_at} record={data} /> : null;
}

function Whole({ record }: { record: Record }) {
  const queries = useQueryClient();
  const { form, kept } = useKeptForm("processing", { initialValues: wordsOf(record) });
  const readFirst = useReadFirst();
  const write = async (words: Words, given: IfMatch = {}) => {
    const { processing_record } = await api.processingRecords.update(words, given);
    queries.setQueryData(recordQuery.queryKey, processing_record);
  };
  const isShown = (now: Record) => JSON.stringify(wordsOf(now)) === JSON.stringify(wordsOf(record));
  const save = useMutation({
    mutationFn: (words: Words) =>
      readFirst(recordQuery, isShown, ({ etag }) => write(words, { ifMatch: etag })),
    onSuccess: () => toast(t("Record of processing saved."), { undo: () => write(wordsOf(record)) }),
  });
  return (
    <>
      <LawfulBasis
        fieldId={record.lawful_basis_field_id}
        onChosen={(processing) => queries.setQueryData(recordQuery.queryKey, processing)}
      />
      <form onSubmit={form.onSubmit((words) => save.mutate(words))}>
        <Section
          title={t("Record of processing")}
          note={t(
            "What the GDPR (article 30) asks you to keep. The rest is read from your data and settings.",
          )}
        >
          <OtherVersion kept={kept} />
          <Textarea
            label={t("Controller")}
            description={t("Your company with its address, and whom to ask.")}
            autosize
            minRows={2}
            maxLength={2000}
            {...form.getInputProps("controller")}
          />
          <Textarea
            label={t("Data protection officer")}
            autosize
            minRows={1}
            maxLength={2000}
            {...form.getInputProps("data_protection_officer")}
          />
          <Textarea
            label={t("Purposes")}
            description={t("Why you keep this data.")}
            autosize
            minRows={2}
            maxLength={5000}
            {...form.getInputProps("purposes")}
          />
          <Textarea
            label={t("Transfers to other countries")}
            description={t("Where data leaves the European Economic Area, and with which safeguards.")}
            autosize
            minRows={2}
            maxLength={5000}
            {...form.getInputProps("transfers")}
          />
          <Textarea
            label={t("Security")}
            description={t("Added to what Cadenza itself does.")}
            autosize
            minRows={2}
            maxLength={5000}
            {...form.getInputProps("security_measures")}
          />
          <Trouble error={save.error} doing="writing" />
          <div className={classes.verbs}>
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t("Save record")}
            </Button>
            <Button
              variant="default"
              component="a"
              href="/api/v1/processing_record/file"
              download
              disabled={form.isDirty()}
            >
              {t("Download record")}
            </Button>
          </div>
        </Section>
      </form>
      <Section title={t("What the record says")} note={t("As it is saved now, in English.")}>
        <details>
          <summary>{t("Show the record")}</summary>
          <div lang="en" className={`stack ${classes.record}`}>
            {record.sections.map(({ title, lines }) => (
              <div key={title}>
                <p className={classes.name}>{title}</p>
                {lines.map((line) => (
                  <p key={line} className="soft small">
                    {line}
                  </p>
                ))}
              </div>
            ))}
          </div>
        </details>
      </Section>
    </>
  );
}

type Words = ReturnType<typeof wordsOf>;

function wordsOf({ controller, data_protection_officer, purposes, transfers, security_measures }: Record) {
  return { controller, data_protection_officer, purposes, transfers, security_measures };
}
