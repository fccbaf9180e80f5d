import { Button, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { DayField } from "../../../parts/dates/DayField.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import { CompanyPicker } from "./CompanyPicker.tsx";
import { DealContacts, type With } from "./DealContacts.tsx";
import classes from "./DealForm.module.css";
import { currencyChoices } from "./money.ts";
import { type DealStage, useCreateDeal } from "./queries.ts";

export type DealValues = {
  name: string;
  stage: string | null;
  amount: number | string;
  currency: string;
  closes: string | null;
  owner: string | null;
  company: string | null;
  contacts: With[];
  nextStep: string;
  description: string;
};

type Props = {
  stages: readonly DealStage[];
  values: DealValues;
  companyName: string | null;
  onClose: () => void;
};

/** A new deal. One that is there is changed on its own page. */
export function DealForm({ stages, values, companyName, onClose }: Props) {
  const { form, kept } = useKeptForm("deal", {
    initialValues: values,
    validate: { name: (name) => (name.trim() ? null : t("Enter a name.")) },
  });
  const close = () => {
    kept.forget();
    onClose();
  };
  const create = useCreateDeal();
  const { data: people = [] } = usePeople();
  const save = (wish: DealValues) =>
    create.mutate(wishFrom(wish), {
      onSuccess: () => {
        toast(t("{name} created.", { name: wish.name }));
        close();
      },
    });
  return (
    <form className="stack" onSubmit={form.onSubmit((wish) => save(wish))}>
      <TextInput label={t("Name")} autoFocus data-autofocus {...form.getInputProps("name")} />
      <div className={classes.pair}>
        <Select
          label={t("Stage")}
          data={stages.map(({ id, name, probability }) => ({
            value: id,
            label: `${name} (${probability} %)`,
          }))}
          {...form.getInputProps("stage")}
        />
        <DayField
          label={t("Planned close date")}
          clearable
          value={form.values.closes}
          onChange={(day) => form.setFieldValue("closes", day)}
        />
      </div>
      <div className={classes.pair}>
        <div className={classes.amount}>
          <NumberInput
            label={t("Amount")}
            placeholder="0"
            min={0}
            max={1e12}
            decimalScale={2}
            thousandSeparator=","
            hideControls
            {...form.getInputProps("amount")}
          />
          <Select
            label={t("Currency")}
            data={currencyChoices(values.currency)}
            {...form.getInputProps("currency")}
          />
        </div>
        <Select
          label={t("Owner")}
          searchable
          data={people
            .filter(({ id, state }) => state === "active" || id === values.owner)
            .map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps("owner")}
        />
      </div>
      <CompanyPicker
        company={companyName}
        value={form.values.company}
        onChange={(company) => form.setFieldValue("company", company)}
      />
      <DealContacts
        value={form.values.contacts}
        onChange={(contacts) => form.setFieldValue("contacts", contacts)}
      />
      <TextInput label={t("Next step")} {...form.getInputProps("nextStep")} />
      <Textarea
        label={t("Description")}
        autosize
        minRows={2}
        maxRows={8}
        {...form.getInputProps("description")}
      />
      <Trouble error={create.error} doing="writing" />
      <div className="row end">
        <Button variant="default" onClick={close}>
          {t("Cancel")}
        </Button>
        <Button type="submit" loading={create.isPending}>
          {t("Create deal")}
        </Button>
      </div>
    </form>
  );
}

function wishFrom(values: DealValues) {
  return {
    name: values.name.trim(),
    ...(values.stage && { opportunity_stage_id: values.stage }),
    amount: values.amount === "" ? null : String(values.amount),
    currency_code: values.currency,
    closed_date: values.closes,
    owner_id: values.owner,
    account_id: values.company,
    next_step: values.nextStep.trim() || null,
    description: values.description.trim() || null,
    opportunity_contact_roles: values.contacts.map(({ id, roles, isMain }) => ({
      contact_id: id,
      role_names: roles,
      is_primary: isMain,
    })),
  };
}
