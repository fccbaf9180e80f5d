import { Button, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import { useStages } from "../../settings/stages/queries.ts";
import classes from "./NewContact.module.css";
import { type Contact, type ContactInput, useCreateContact } from "./queries.ts";
import { nameOf } from "./words.tsx";

type Props = {
  /** What is known already: the company or the list it is made from. */
  given?: Pick<ContactInput, "account_id" | "organization_name" | "label_names">;
  onClose: () => void;
};

const EMPTY = {
  first_name: "",
  last_name: "",
  email: "",
  title: "",
  organization_name: "",
  phone: "",
  stage: null,
};

/** Makes a contact, after showing existing ones who may be the same person. */
export function NewContactDialog({ given = {}, onClose }: Props) {
  const { form, kept } = useKeptForm(`contact-${JSON.stringify(given)}`, {
    initialValues: {
      ...EMPTY,
      organization_name: given.organization_name ?? "",
      stage: null as string | null,
    },
    validate: ({ first_name, last_name, email }) => {
      const isNobody = ![first_name, last_name, email].some((value) => value.trim());
      const isNoAddress = email.trim() !== "" && !/^[^\s@]+@[^\s@.]+\.[^\s@]+$/.test(email.trim());
      return {
        first_name: isNobody ? t("Enter a name or an email address.") : null,
        email: isNoAddress ? t("Invalid email address") : null,
      };
    },
  });
  const close = () => {
    kept.forget();
    onClose();
  };
  const { data: stages = [] } = useStages("contact");
  const [twin, setTwin] = useState<Contact | null>(null);
  const create = useCreateContact();
  const look = useMutation({ mutationFn: findTwin });
  const navigate = useNavigate();
  const wishOf = (values: typeof form.values): ContactInput => ({
    ...Object.fromEntries(
      Object.entries(values)
        .filter(([key, value]) => key !== "stage" && typeof value === "string" && value.trim())
        .map(([key, value]) => [key, String(value).trim()]),
    ),
    ...(values.stage && { contact_stage_id: values.stage }),
    ...given,
  });
  const make = (values: typeof form.values) =>
    create.mutate(wishOf(values), {
      onSuccess: ({ contact }) => {
        toast(t("{contact} created.", { contact: nameOf(contact) }));
        close();
        void navigate({ to: "/contacts/$id", params: { id: contact.id } });
      },
    });
  const send = (values: typeof form.values) =>
    look.mutate(wishOf(values), {
      onSuccess: (found) => (found ? setTwin(found) : make(values)),
    });
  const field = (name: Exclude<keyof typeof EMPTY, "stage">) => ({
    ...form.getInputProps(name),
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      setTwin(null); // said of what was typed before
      form.setFieldValue(name, event.currentTarget.value);
    },
  });
  return (
    <Dialog title={t("New contact")} onClose={close}>
      <form className="stack" onSubmit={form.onSubmit(send)} noValidate>
        <div className={classes.pair}>
          <TextInput label={t("First name")} data-autofocus autoComplete="off" {...field("first_name")} />
          <TextInput label={t("Last name")} autoComplete="off" {...field("last_name")} />
        </div>
        <TextInput label={t("Email")} type="email" autoComplete="off" {...field("email")} />
        <div className={classes.pair}>
          <TextInput label={t("Title")} {...field("title")} />
          <TextInput
            label={t("Company")}
            disabled={Boolean(given.account_id)}
            {...field("organization_name")}
          />
        </div>
        <div className={classes.pair}>
          <TextInput label={t("Phone")} type="tel" {...field("phone")} />
          <Select
            label={t("Stage")}
            placeholder={stages[0]?.name ?? t("Default stage")}
            clearable
            allowDeselect
            data={stages.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps("stage")}
          />
        </div>
        <Trouble error={look.error ?? create.error} doing="writing" />
        {twin && <Twin contact={twin} />}
        <div className="row end">
          <Button variant="default" onClick={close}>
            {t("Cancel")}
          </Button>
          {twin ? (
            <Button loading={create.isPending} onClick={() => make(form.values)}>
              {t("Create anyway")}
            </Button>
          ) : (
            <Button type="submit" loading={look.isPending || create.isPending}>
              {t("Create contact")}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

/** Looked for by a rehearsal of the very call, so that what is found is what would have been changed. */
async function findTwin(wish: ContactInput) {
  const { dedupe_result } = await api.contacts.create({ ...wish, run_dedupe: true }, { dryRun: true });
  const id = dedupe_result?.found_existing ? dedupe_result.existing_contact_id : null;
  return id ? (await api.contacts.get({ id })).contact : null;
}

function Twin({ contact }: { contact: Contact }) {
  const about = [contact.title, contact.organization_name, contact.email].filter(Boolean).join(", ");
  return (
    <div className={classes.twin} role="status">
      <p>
        <Trans
          text="This contact already exists: <strong>{contact}</strong>{about}."
          values={{ contact: nameOf(contact), about: about && ` (${about})` }}
          tags={{ strong: <strong /> }}
        />
      </p>
      <Link to="/contacts/$id" params={{ id: contact.id }}>
        {t("Open {contact}", { contact: nameOf(contact) })}
      </Link>
    </div>
  );
}
