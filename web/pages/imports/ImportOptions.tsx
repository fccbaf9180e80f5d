import { MultiSelect, Radio, Select, Switch, TagsInput } from "@mantine/core";
import { SequenceField } from "../enrolling/SequenceField.tsx";
import { useLists } from "../lists/queries.ts";
import { useMailboxes } from "../mailboxes/queries.ts";
import { usePeople } from "../people/queries.ts";
import { useStages } from "../stages/queries.ts";
import type { ImportKind, ImportWish } from "./queries.ts";
import { isTheTeams, KINDS } from "./words.ts";

export type Options = {
  overwrite: NonNullable<ImportWish["overwrite"]>;
  lists: string[];
  stageId: string | null;
  ownerId: string | null;
  createsAccounts: boolean;
  joins: boolean;
  sequenceId: string | null;
  mailboxIds: string[];
  takesUnverified: boolean;
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
  takesUnverified: true,
};

export function wishOf(
  kind: ImportKind,
  mapping: NonNullable<ImportWish["mapping"]>,
  options: Options,
): ImportWish {
  const { lists, stageId, ownerId, sequenceId } = options;
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
          sequence_unverified_email: options.takesUnverified,
        },
      }),
  };
}

type Props = { kind: ImportKind; options: Options; change: (part: Partial<Options>) => void };

/** What holds for every row. */
export function ImportOptions({ kind, options, change }: Props) {
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
      label={`${KINDS[kind].name} that are there already`}
      value={options.overwrite}
      onChange={(overwrite) => change({ overwrite: overwrite as Options["overwrite"] })}
    >
      <div className="stack" style={{ marginTop: "0.5rem" }}>
        <Radio value="never" label="Leave them as they are" />
        <Radio value="fill" label="Fill what is blank" />
        <Radio value="replace" label="Replace what the file says" />
      </div>
    </Radio.Group>
  );
}

function TeamOptions({ kind, options, change }: Props & { kind: "contacts" | "accounts" }) {
  const { data: lists = [] } = useLists(kind);
  const { data: stages = [] } = useStages(kind === "contacts" ? "contact" : "account");
  const { data: people = [] } = usePeople();
  const named = (things: readonly { id: string; name: string }[]) =>
    things.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className="stack">
      <OverwriteChoice kind={kind} options={options} change={change} />
      <TagsInput
        label="Put all on these lists"
        placeholder={options.lists.length > 0 ? undefined : "Choose or type a name"}
        data={lists.map(({ name }) => name)}
        value={options.lists}
        onChange={(chosen) => change({ lists: chosen })}
        maxTags={20}
      />
      <Select
        label="Stage"
        placeholder="The first, or what the file says"
        clearable
        data={named(stages)}
        value={options.stageId}
        onChange={(stageId) => change({ stageId })}
      />
      <Select
        label="Owner"
        placeholder="You, or whom the file names"
        clearable
        data={named(people.filter(({ state }) => state === "active"))}
        value={options.ownerId}
        onChange={(ownerId) => change({ ownerId })}
      />
      {kind === "contacts" && (
        <>
          <Switch
            label="Make companies that are not there yet"
            checked={options.createsAccounts}
            onChange={(event) => change({ createsAccounts: event.currentTarget.checked })}
          />
          <Switch
            label="Add them to a sequence"
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
        label="Mailboxes"
        description="Several take turns."
        data={mailboxes.filter(({ active }) => active).map(({ id, email }) => ({ value: id, label: email }))}
        value={options.mailboxIds}
        onChange={(mailboxIds) => change({ mailboxIds })}
      />
      <Switch
        label="Also whose address nobody has verified"
        description="Of addresses that the file calls unverified. Others count as given by you."
        checked={options.takesUnverified}
        onChange={(event) => change({ takesUnverified: event.currentTarget.checked })}
      />
    </>
  );
}
