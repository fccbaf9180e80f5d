import { Button, Select, TextInput } from "@mantine/core";
import { type FormRulesRecord, type UseFormReturnType, useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Dialog } from "../../parts/Dialog.tsx";
import { useFilter } from "../../parts/filters/filter.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { api, useMe } from "../../session.ts";
import { useMailboxes } from "../mailboxes/queries.ts";
import { schedulesQuery } from "../schedules/queries.ts";
import classes from "./CreateDialog.module.css";
import { shelved, useFolders } from "./folder-queries.ts";
import { useSequenceWrite } from "./queries.ts";
import { SequencePicker } from "./SequencePicker.tsx";
import { BLANK, CLONE, STARTING_POINTS } from "./starting-points.ts";

type Wish = { name: string; start: string; cloneOf: string | null; scheduleId: string; folderId: string };

const CHECKS: FormRulesRecord<Wish> = {
  cloneOf: (id, { start }) => (start === CLONE && !id ? "Choose the sequence to copy." : null),
};

/** A new sequence: from a blank page, from one of ours, or from one of the team's. */
export function CreateDialog({ onClose }: { onClose: () => void }) {
  const [filter] = useFilter();
  const navigate = useNavigate();
  const folder = typeof filter.folder === "string" ? filter.folder : "";
  const form = useForm<Wish>({
    initialValues: { name: "", start: BLANK, cloneOf: null, scheduleId: "", folderId: folder },
    validate: CHECKS,
  });
  const make = useSequenceWrite(makeSequence);
  const go = (wish: Wish) =>
    make.mutate(wish, {
      onSuccess: (id) => {
        toast("Made. It is paused until you approve it.");
        void navigate({ to: "/sequences/$id", params: { id } });
      },
    });
  const { start, cloneOf } = form.values;
  return (
    <Dialog title="Create a sequence" onClose={onClose} size="lg">
      <form className="stack" onSubmit={form.onSubmit(go)}>
        <fieldset className={classes.starts}>
          <legend>Begin with</legend>
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
            label="Copy which"
            value={cloneOf}
            error={form.errors.cloneOf}
            onChange={(id) => form.setFieldValue("cloneOf", id)}
          />
        )}
        <TextInput
          label="Name"
          data-autofocus
          maxLength={300}
          placeholder={start === CLONE ? "As the original, with “(copy)”" : "Untitled sequence"}
          {...form.getInputProps("name")}
        />
        <Places form={form} />
        <Mailboxes />
        <Trouble error={make.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending}>
            Create it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const STARTS = [
  { value: BLANK, title: "A blank page", says: "No steps yet." },
  ...STARTING_POINTS.map(({ key, name, says }) => ({ value: key, title: name, says })),
  { value: CLONE, title: "One of yours", says: "A copy of a sequence, with its steps and texts." },
];

function Places({ form }: { form: UseFormReturnType<Wish, Wish, FormRulesRecord<Wish>> }) {
  const { data: schedules = [] } = useQuery(schedulesQuery);
  const { data: folders = [] } = useFolders();
  const usual = schedules.find((schedule) => schedule.default);
  return (
    <div className={classes.places}>
      <Select
        label="Schedule"
        data={[
          { value: "", label: usual ? `The team's: ${usual.name}` : "The team's" },
          ...schedules.filter((one) => !one.default).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        {...form.getInputProps("scheduleId")}
      />
      {folders.length > 0 && (
        <Select
          label="Folder"
          data={[
            { value: "", label: "None" },
            ...shelved(folders).map(({ id, path }) => ({ value: id, label: path })),
          ]}
          {...form.getInputProps("folderId")}
        />
      )}
    </div>
  );
}

/** From where mails will go out, said before anybody wonders. */
function Mailboxes() {
  const me = useMe().user.id;
  const { data: mailboxes } = useMailboxes();
  if (!mailboxes) return null;
  const own = mailboxes.filter(({ user_id, active }) => user_id === me && active);
  if (own.length > 0) {
    const addresses = own.map(({ email }) => email).join(", ");
    return <p className="soft small">You can send from {addresses}; you choose when you add contacts.</p>;
  }
  return (
    <p className="soft small">
      You have no mailbox of your own yet. Everything can be written and tried without one;{" "}
      <Link to="/settings/mailboxes">connect one</Link> before you add contacts.
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
    name: name.trim() || "Untitled sequence",
    ...places,
    ...(point && { emailer_steps: [...point.steps] }),
  });
  return made.emailer_campaign.id;
}
