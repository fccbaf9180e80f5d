import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { CopyText } from "../../../parts/CopyText.tsx";
import { Dialog } from "../../../parts/Dialog.tsx";
import { State } from "../../../parts/State.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { type TrackingDomain, useTrackingDomainChanges } from "./queries.ts";
import { faultSays, stateOf } from "./words.ts";

export function AddDomainDialog({ onClose }: { onClose: () => void }) {
  const { add } = useTrackingDomainChanges();
  const form = useForm({ initialValues: { domain: "" } });
  if (add.data) return <DomainDialog domain={add.data} onClose={onClose} />;
  return (
    <Dialog onClose={onClose} title={t("Add a tracking domain")} size="lg">
      <form className="stack" onSubmit={form.onSubmit(({ domain }) => add.mutate(domain.trim()))}>
        <p className="prose">
          {t(
            "Choose a name under the domain that you send from. Its links then belong to your domain, which helps emails arrive.",
          )}
        </p>
        <TextInput
          label={t("Domain")}
          placeholder="links.example.com"
          required
          withAsterisk={false}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          {...form.getInputProps("domain")}
        />
        <Trouble error={add.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t("Add")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What to publish for a domain, and whether it works. */
export function DomainDialog({ domain, onClose }: { domain: TrackingDomain; onClose: () => void }) {
  const { check } = useTrackingDomainChanges();
  return (
    <Dialog onClose={onClose} title={domain.domain} size="lg">
      <div className="stack">
        <RecordToPublish domain={domain} />
        <Standing domain={check.data ?? domain} />
        <Trouble error={check.error} doing="writing" />
        <div className="row end">
          <Button variant="default" loading={check.isPending} onClick={() => check.mutate(domain.id)}>
            {t("Check now")}
          </Button>
          <Button onClick={onClose}>{t("Done")}</Button>
        </div>
      </div>
    </Dialog>
  );
}

/** The record for the DNS, ready to be copied. */
function RecordToPublish({ domain: { domain, record } }: { domain: TrackingDomain }) {
  return (
    <div className="stack" style={{ gap: 8 }}>
      <p>
        {t("Publish this CNAME record, and let your proxy answer for {domain} with a certificate.", {
          domain,
        })}
      </p>
      <CopyText text={record.name} label={t("the record's name")} wraps />
      <CopyText text={record.value} label={t("the record's value")} wraps />
      <p className="soft small">
        <a href="/help/guides/tracking-domains">{t("How to set it up")}</a>
      </p>
    </div>
  );
}

export function Standing({ domain }: { domain: TrackingDomain }) {
  const { kind, says } = stateOf(domain);
  const fault = faultSays(domain);
  return (
    <div aria-live="polite">
      <State kind={kind}>{says}</State>
      {fault && <p className="small">{fault}</p>}
    </div>
  );
}
