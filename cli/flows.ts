// What people do, beyond the calls of the contract: each is a command of its own.

import type { Command } from "commander";
import { addContacts } from "./add-contacts.ts";
import { backup, restore } from "./backup.ts";
import { completionFor } from "./completion.ts";
import type { Session } from "./connection.ts";
import { doctor } from "./doctor.ts";
import { importFile } from "./import-file.ts";
import { createKey, login } from "./keys.ts";
import { migrate } from "./migrating/flow.ts";
import { parity } from "./parity.ts";
import { applyFiles, exportFiles, lintFiles, planFiles, previewFiles } from "./sequence-files.ts";
import { storage } from "./storage.ts";
import { why } from "./why.ts";

export type Flow = {
  /** The noun it is a command of; without one it is a command of its own. */
  under?: string;
  name: string;
  add(
    program: Command,
    session: Session,
    finish: (exit: number | undefined) => void,
    common: (command: Command) => Command,
  ): void;
};

const DOING: Flow[] = [
  ...[why, doctor, storage, parity, migrate, backup, restore, login, addContacts, importFile, createKey],
  ...[exportFiles, planFiles, applyFiles, lintFiles, previewFiles],
];

export const FLOWS: Flow[] = [...DOING, completionFor(DOING)];
