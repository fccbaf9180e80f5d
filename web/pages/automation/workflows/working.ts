// What the cards of one tree share. A card draws the lists within it by what it is handed, or lists and cards would need one another.

import type { ReactNode } from "react";
import type { NameLookup } from "./kinds.ts";
import type { Entity } from "./queries.ts";
import type { Actions } from "./tree.ts";

export type Working = {
  entity: Entity;
  /** Null: to be looked at only. */
  onChange: ((how: (actions: Actions) => Actions, tag?: string) => void) | null;
  announce: (what: string) => void;
  isOpen: (key: string) => boolean;
  toggle: (key: string) => void;
  nameOf: NameLookup;
  listAt: (list: Actions, path: string) => ReactNode;
};
