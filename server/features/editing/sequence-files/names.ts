// Names and keys in place of ids, and ids in place of them: of everything in a team that a sequence can point at.

import type { Act } from "../../../app.ts";
import { keyFromName, keysOf } from "../../../domain/sequences/file-keys.ts";
import type { FileKind } from "../../../domain/sequences/file-model.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { sightOf } from "../../access/sharing/sight.ts";
import { type FieldRow, listFields } from "../../contacts/custom-fields/store.ts";
import { listLabels } from "../../contacts/labels/store.ts";
import { listStages } from "../../contacts/stages/store.ts";
import { type FolderRow, listFolders } from "../../sequences/folders/store.ts";
import { attachedFiles, type KeyedRow, keyedRecords, type NamedFile } from "./store.ts";

type Asking = Pick<Act, "db" | "caller">;
type Stage = { id: string; name: string };

export type KnownRecord = KeyedRow & {
  fileKey: string;
  /** What its name alone makes. */
  nameKey: string;
  /** Another member's private template is not there for the caller. Whether a sequence is seen is asked with the sequence. */
  isSeen: boolean;
};

export type Names = {
  records: Record<FileKind, KnownRecord[]>;
  folders: FolderRow[];
  labels: { id: string; name: string }[];
  /** Of contacts. */
  lists: { id: string; name: string }[];
  contactFields: FieldRow[];
  contactStages: Stage[];
  accountStages: Stage[];
  files: NamedFile[];
};

const KINDS: readonly FileKind[] = ["sequence", "schedule", "ruleset", "template"];

/** Read once for all files of a call: what is created meanwhile is added. */
export async function namesOf({ db, caller }: Asking): Promise<Names> {
  const { teamId } = caller;
  const [records, folders, allLabels, contactFields, contactStages, accountStages, files] = await Promise.all(
    [
      Promise.all(KINDS.map(async (kind) => [kind, await recordsOf({ db, caller }, kind)] as const)),
      listFolders(db, teamId, "sequences"),
      listLabels(db, teamId),
      listFields(db, teamId, "contact"),
      listStages(db, teamId, "contact"),
      listStages(db, teamId, "account"),
      attachedFiles(db, teamId, viewerIn(caller)),
    ],
  );
  return {
    records: Object.fromEntries(records) as Names["records"],
    folders,
    labels: allLabels.filter(({ modality }) => modality === "sequences"),
    lists: allLabels.filter(({ modality }) => modality === "contacts"),
    contactFields,
    contactStages,
    accountStages,
    files,
  };
}

async function recordsOf({ db, caller }: Asking, kind: FileKind): Promise<KnownRecord[]> {
  const rows = await keyedRecords(db, caller.teamId, kind);
  const keys = keysOf(rows);
  const unseen =
    kind === "template"
      ? await sightOf(
          { db, caller },
          rows.map(({ id }) => ({ type: kind, id })),
        )
      : new Map<string, string>();
  return rows.map((row) => ({
    ...row,
    fileKey: keys.get(row.id) ?? row.id,
    nameKey: keyFromName(row.name),
    isSeen: !unseen.has(`${kind} ${row.id}`),
  }));
}

async function sequenceLabels(db: Asking["db"], teamId: string) {
  return (await listLabels(db, teamId)).filter(({ modality }) => modality === "sequences");
}

/** What a file has written, and the folders and lists that it has made. */
export async function addWritten(
  { db, caller }: Asking,
  names: Names,
  kind: FileKind,
  { id, name, key }: { id: string; name: string; key: string },
) {
  const known = names.records[kind].find((record) => record.id === id);
  if (known) Object.assign(known, { key, fileKey: key });
  else names.records[kind].push({ id, name, key, fileKey: key, nameKey: keyFromName(name), isSeen: true });
  if (kind !== "sequence") return;
  names.folders = await listFolders(db, caller.teamId, "sequences");
  names.labels = await sequenceLabels(db, caller.teamId);
}

export function keyOf({ records }: Names, kind: FileKind, id: string | null) {
  return id === null ? null : (records[kind].find((record) => record.id === id)?.fileKey ?? null);
}

/** The record of this key, where it is there for the caller. */
export function recordOf(names: Names, kind: FileKind, key: string) {
  const record = recordWithKey(names, kind, key);
  return record?.isSeen ? record : null;
}

/** A key that a file has written stands for one record of the team, seen or not. */
export function recordWithKey({ records }: Names, kind: FileKind, key: string) {
  return records[kind].find((one) => one.fileKey === key && (one.isSeen || one.key !== null)) ?? null;
}

/** Those that no file has written, and that have this name or one that makes this key. */
export function namesakesOf({ records }: Names, kind: FileKind, key: string, name: string) {
  return records[kind].filter(
    (one) => one.key === null && one.isSeen && (one.name === name || one.nameKey === key),
  );
}

/** From the outermost folder to the innermost. */
export function folderPath(folders: readonly FolderRow[], id: string | null): string[] {
  const path: string[] = [];
  for (let at = id; at !== null; ) {
    const folder = folders.find((one) => one.id === at);
    if (!folder) break;
    path.unshift(folder.name);
    at = folder.parentId;
  }
  return path;
}

export function namedIn(all: readonly Stage[], ids: readonly string[]) {
  return all
    .filter(({ id }) => ids.includes(id))
    .map(({ name }) => name)
    .sort(byLetters);
}

export function byLetters(one: string, other: string) {
  return one < other ? -1 : one > other ? 1 : 0;
}
