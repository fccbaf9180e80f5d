import { Button, Select, TextInput } from "@mantine/core";
import type { FormRulesRecord, UseFormReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { listFormat } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useFilter } from "../../../parts/filters/filter.ts";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api, useMe } from "../../../session.ts";
import { useMailboxes, useSendable } from "../../mail/mailboxes/queries.ts";
import { schedulesQuery } from "../../settings/schedules/queries.ts";
import classes from "./CreateDialog.module.css";
import { shelved, useFolders } from "./folder-queries.ts";
import { useSequenceWrite } from "./queries.ts";
import { SequencePicker } from "./SequencePicker.tsx";
import { BLANK, CLONE, STARTING_POINTS } from "./starting-points.ts";

type Wish = { name: string; start: string; cloneOf: string | null; scheduleId: string; folderId: string };

const CHECKS: FormRulesRecord<Wish> = {
  cloneOf: (id, { start }) => (start === CLONE && !id ? t("Choose the sequence to copy.") : null),
};

/** A new sequence: from a blank page, from one of ours, or from one of the team's. */
export function CreateDialog({ onClose }: { onClose: () => void }) {
  const [filter] = useFilter();
  const navigate = useNavigate();
  const folder = typeof filter.folder === "string" ? filter.folder : "";
  const { form, kept } = useKeptForm<Wish>("sequence", {
    initialValues: { name: "", start: BLANK, cloneOf: null, scheduleId: "", folderId: folder },
    validate: CHECKS,
  });
  const make = useSequenceWrite(makeSequence);
  const close = () => {
    kept.forget();
    onClose();
  };
  const go = (wish: Wish) =>
    make.mutate(wish, {
      onSuccess: (id) => {
        kept.forget();
        toast(t("Sequence created. It stays inactive until you activate it."));
        void navigate({ to: "/sequences/$id", params: { id } });
      },
    });
  const { start, cloneOf } = form.values;
  return (
    <Dialog title={t("Create a sequence")} onClose={close} size="lg">
      <form className="stack" onSubmit={form.onSubmit(go)}>
        <fieldset className={classes.starts}>
          <legend>{t("Start with")}</legend>
          {STARTS.map(({ value, title, says }) => (
            <label key={value} className={classes.start} data-chosen={start === value || undefined}>
              <input
                type="radio"
                name="start"
                value={value}
                checked={start === value}
                onChange={() => {
                  const known = STARTING_POINTS.some((point) => point.name === form.values.name);
                  form.setFieldValue("start", value);
                  if (!form.values.name || known)
                    form.setFieldValue("name", value === BLANK || value === CLONE ? "" : title);
                }}
              />
              <span className={classes.title}>{title}</span>
              <span className={classes.says}>{says}</span>
            </label>
          ))}
        </fieldset>
        {start === CLONE && (
          <SequencePicker
            label={t("Sequence to copy")}
            value={cloneOf}
            error={form.errors.cloneOf}
            onChange={(id) => form.setFieldValue("cloneOf", id)}
          />
        )}
        <TextInput
          label={t("Name")}
          data-autofocus
          maxLength={300}
          placeholder={start === CLONE ? t("Name of the original with “(copy)”") : t("Untitled sequence")}
          {...form.getInputProps("name")}
        />
        <Places form={form} />
        <Mailboxes />
        <Trouble error={make.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={close}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t("Create sequence")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const STARTS = perLanguage(() => [
  { value: BLANK, title: t("Blank sequence"), says: t("No steps yet.") },
  ...STARTING_POINTS.map(({ key, name, says }) => ({ value: key, title: name, says })),
  { value: CLONE, title: t("Existing sequence"), says: t("A copy with the same steps and texts.") },
]);

function Places({ form }: { form: UseFormReturnType<Wish, Wish, FormRulesRecord<Wish>> }) {
  const { data: schedules = [] } = useQuery(schedulesQuery);
  const { data: folders = [] } = useFolders();
  const usual = schedules.find((schedule) => schedule.default);
  return (
    <div className={classes.places}>
      <Select
        label={t("Schedule")}
        data={[
          { value: "", label: usual ? t("Team default: {name}", { name: usual.name }) : t("Team default") },
          ...schedules.filter((one) => !one.default).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        {...form.getInputProps("scheduleId")}
      />
      {folders.length > 0 && (
        <Select
          label={t("Folder")}
          data={[
            { value: "", label: t("None") },
            ...shelved(folders).map(({ id, path }) => ({ value: id, label: path })),
          ]}
          {...form.getInputProps("folderId")}
        />
      )}
    </div>
  );
}

const ANY = listFormat({ type: "disjunction" });

/** From where mails will go out, said before anybody wonders. */
function Mailboxes() {
  const me = useMe().user.id;
  const { data: mailboxes } = useMailboxes();
  const usable = useSendable();
  if (!mailboxes) return null;
  const own = usable.filter(({ user_id }) => user_id === me);
  const offered = own.length > 0 ? own : usable;
  if (offered.length > 0) {
    const addresses = ANY.format(offered.slice(0, 5).map(({ email }) => email));
    return (
      <p className="soft small">
        {t("You can send from {addresses}. You choose when you add contacts.", { addresses })}
      </p>
    );
  }
  return (
    <p className="soft small">
      <Trans
        text="You have no mailbox yet. You can write and test a sequence without one, but <link>connect a mailbox</link> before you add contacts."
        tags={{ link: <Link to="/settings/mailboxes" /> }}
      />
    </p>
  );
}

async function makeSequence({ name, start, cloneOf, scheduleId, folderId }: Wish) {
  const places = { emailer_schedule_id: scheduleId || null, folder_id: folderId || null };
  if (start === CLONE && cloneOf) {
    const { emailer_campaign } = await api.sequences.clone({
      id: cloneOf,
      ...(name.trim() && { name: name.trim() }),
    });
    await api.sequences.change({ id: emailer_campaign.id, ...places });
    return emailer_campaign.id;
  }
  const point = STARTING_POINTS.find(({ key }) => key === start);
  const made = await api.sequences.create({
    name: name.trim() || t("Untitled sequence"),
    ...places,
    ...(point && { emailer_steps: [...point.steps] }),
  });
  return made.emailer_campaign.id;
}
