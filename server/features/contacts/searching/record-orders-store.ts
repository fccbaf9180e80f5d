// Orders that contacts, companies and deals share: by words, by stage, by owner.

import type { Grouping } from "./groups-store.ts";
import type { SortOrder } from "./orders-store.ts";

export function byWords(column: string): SortOrder {
  return { by: `nullif(lower(${column}), '')`, type: "text", blanks: "last" };
}

type Stages = "contact_stages" | "account_stages" | "deal_stages";

/** As the stages stand in the settings. */
export function byStage(stages: Stages, column: string): SortOrder {
  const all = `select s.id::text from ${stages} s where s.team_id = $1 order by s.position, s.id`;
  return { by: `array_position(array(${all}), ${column}::text)`, type: "int", blanks: "last" };
}

const USER_NAME = "coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email)";

/** By the owner's name. */
export function byOwner(column: string): SortOrder {
  const all = `select u.id::text from users u where u.team_id = $1 order by lower(${USER_NAME}), u.id`;
  return { by: `array_position(array(${all}), ${column}::text)`, type: "int", blanks: "last" };
}

export function inStages(stages: Stages, column: string): Grouping {
  return {
    by: byStage(stages, column).by,
    id: `${column}::text`,
    title: "null::text",
    name: `(select s.name from ${stages} s where s.team_id = $1 and s.id = g.id)`,
  };
}

export function ofOwners(column: string): Grouping {
  return {
    by: byOwner(column).by,
    id: `${column}::text`,
    title: "null::text",
    name: `(select ${USER_NAME} from users u where u.team_id = $1 and u.id = g.id)`,
  };
}

/** Of one word, however it is written. */
export function ofWords(column: string, id = "null::text"): Grouping {
  return { by: byWords(column).by, id, title: column, name: "g.title" };
}
