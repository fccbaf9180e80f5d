import { MultiSelect, Radio, Select, Switch, TagsInput } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { useMailboxes } from "../../mail/mailboxes/queries.ts";
import { AllowChoice } from "../../sequences/enrolling/AllowChoice.tsx";
import { SequenceField } from "../../sequences/enrolling/SequenceField.tsx";
import type { AllowFlag } from "../../sequences/enrolling/wish.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { useStages } from "../../settings/stages/queries.ts";
import { useLists } from "../lists/queries.ts";
import type { ImportInput, ImportKind } from "./queries.ts";
import { isTheTeams, KINDS } from "./words.ts";

export type Options = {
  overwrite: NonNullable<ImportInput["overwrite"]>;
  lists: string[];
  stageId: string | null;
  ownerId: string | null;
  createsAccounts: boolean;
  joins: boolean;
  sequenceId: string | null;
  mailboxIds: string[];
  waived: readonly AllowFlag[];
};

export const FIRST_OPTIONS: Options = {
  overwrite: "fill",
  lists: [],
  stageId: null,
  ownerId: null,
  createsAccounts: true,
  joins: false,
  sequenceId: null,
  mailboxIds: [],
  waived: ["sequence_unverified_email"],
};

export function wishOf(
  kind: ImportKind,
  mapping: NonNullable<ImportInput["mapping"]>,
  options: Options,
): ImportInput {
  const { lists, stageId, ownerId, sequenceId } = options;
  if (kind === "opportunities")
    return {
      kind,
      mapping,
      overwrite: options.overwrite,
      create_accounts: options.createsAccounts,
      ...(ownerId && { owner_id: ownerId }),
    };
  if (!isTheTeams(kind)) return { kind, mapping, overwrite: options.overwrite };
  return {
    kind,
    mapping,
    overwrite: options.overwrite,
    create_accounts: options.createsAccounts,
    ...(lists.length > 0 && { label_names: lists }),
    ...(stageId && { [kind === "contacts" ? "contact_stage_id" : "account_stage_id"]: stageId }),
    ...(ownerId && { owner_id: ownerId }),
    ...(options.joins &&
      sequenceId && {
        add_to_sequence: {
          id: sequenceId,
          send_email_from_email_account_id: options.mailboxIds,
          ...Object.fromEntries(options.waived.map((flag) => [flag, true])),
        },
      }),
  };
}

type Props = { kind: ImportKind; options: Options; change: (part: Partial<Options>) => void };

/** What holds for every row. */
export function ImportOptions({ kind, options, change }: Props) {
  if (kind === "opportunities") return <DealOptions kind={kind} options={options} change={change} />;
  if (!isTheTeams(kind))
    return (
      <div className="stack">
        <OverwriteChoice kind={kind} options={options} change={change} />
      </div>
    );
  return <TeamOptions kind={kind} options={options} change={change} />;
}

function OverwriteChoice({ kind, options, change }: Props) {
  return (
    <Radio.Group
      label={t("If {many} already exist", { many: KINDS[kind].many })}
      value={options.overwrite}
      onChange={(overwrite) => change({ overwrite: overwrite as Options["overwrite"] })}
    >
      <div className="stack" style={{ marginTop: "0.5rem" }}>
        <Radio value="never" label={t("Do not change them")} />
        <Radio value="fill" label={t("Fill empty fields")} />
        <Radio value="replace" label={t("Overwrite with the file's values")} />
      </div>
    </Radio.Group>
  );
}

function DealOptions({ kind, options, change }: Props) {
  return (
    <div className="stack">
      <OverwriteChoice kind={kind} options={options} change={change} />
      <OwnerChoice options={options} change={change} />
      <CompaniesSwitch options={options} change={change} />
    </div>
  );
}

function OwnerChoice({ options, change }: Omit<Props, "kind">) {
  const { data: people = [] } = usePeople();
  const active = people.filter(({ state }) => state === "active");
  return (
    <Select
      label={t("Owner")}
      placeholder={t("From the file, or you")}
      clearable
      data={active.map(({ id, name }) => ({ value: id, label: name }))}
      value={options.ownerId}
      onChange={(ownerId) => change({ ownerId })}
    />
  );
}

function CompaniesSwitch({ options, change }: Omit<Props, "kind">) {
  return (
    <Switch
      label={t("Create missing companies")}
      checked={options.createsAccounts}
      onChange={(event) => change({ createsAccounts: event.currentTarget.checked })}
    />
  );
}

function TeamOptions({ kind, options, change }: Props & { kind: "contacts" | "accounts" }) {
  const { data: lists = [] } = useLists(kind);
  const { data: stages = [] } = useStages(kind === "contacts" ? "contact" : "account");
  const named = (things: readonly { id: string; name: string }[]) =>
    things.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className="stack">
      <OverwriteChoice kind={kind} options={options} change={change} />
      <TagsInput
        label={t("Add to lists")}
        placeholder={options.lists.length > 0 ? undefined : t("Choose or type a name")}
        data={lists.map(({ name }) => name)}
        value={options.lists}
        onChange={(chosen) => change({ lists: chosen })}
        maxTags={20}
      />
      <Select
        label={t("Stage")}
        placeholder={t("From the file, or the default stage")}
        clearable
        data={named(stages)}
        value={options.stageId}
        onChange={(stageId) => change({ stageId })}
      />
      <OwnerChoice options={options} change={change} />
      {kind === "contacts" && (
        <>
          <CompaniesSwitch options={options} change={change} />
          <Switch
            label={t("Add to sequence")}
            checked={options.joins}
            onChange={(event) => change({ joins: event.currentTarget.checked })}
          />
          {options.joins && <JoiningOptions options={options} change={change} />}
        </>
      )}
    </div>
  );
}

function JoiningOptions({ options, change }: Omit<Props, "kind">) {
  const { data: mailboxes = [] } = useMailboxes();
  return (
    <>
      <SequenceField value={options.sequenceId} onChange={(sequenceId) => change({ sequenceId })} />
      <MultiSelect
        label={t("Mailboxes")}
        description={t("If you choose several, contacts are spread across them.")}
        data={mailboxes.filter(({ active }) => active).map(({ id, email }) => ({ value: id, label: email }))}
        value={options.mailboxIds}
        onChange={(mailboxIds) => change({ mailboxIds })}
      />
      <AllowChoice
        value={options.waived}
        onChange={(waived) => change({ waived })}
        description={t("These contacts are skipped by default. The preview shows how many.")}
      />
    </>
  );
}
