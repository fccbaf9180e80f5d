// By what a search of enrollments can be sorted. What has no value comes last, whichever way the list goes.

type Order = {
  type: "timestamptz" | "text" | "int";
  value: string;
  joins?: string;
};

const CONTACT = "left join contacts c on c.team_id = e.team_id and c.id = e.contact_id";
const STEP = "left join sequence_steps st on st.team_id = e.team_id and st.id = e.current_step_id";
const MAILBOX = "left join mailboxes m on m.team_id = e.team_id and m.id = e.mailbox_id";

const ORDERS = {
  added_at: { type: "timestamptz", value: "e.added_at" },
  due_at: { type: "timestamptz", value: "e.due_at" },
  updated_at: { type: "timestamptz", value: "e.updated_at" },
  // Active and paused contacts first, then failed ones, then finished ones.
  status: {
    type: "int",
    value: "case e.state when 'active' then 1 when 'paused' then 2 when 'failed' then 3 else 4 end",
  },
  step: { type: "int", value: "st.position", joins: STEP },
  name: { type: "text", value: "coalesce(nullif(c.name, ''), c.email)", joins: CONTACT },
  email: { type: "text", value: "c.email", joins: CONTACT },
  title: { type: "text", value: "c.title", joins: CONTACT },
  organization_name: { type: "text", value: "c.organization_name", joins: CONTACT },
  send_from: { type: "text", value: "coalesce(e.send_from_email, m.email)", joins: MAILBOX },
} as const satisfies Record<string, Order>;

export type EnrollmentOrder = keyof typeof ORDERS;

export function orderNamed(name: string): EnrollmentOrder | null {
  return Object.hasOwn(ORDERS, name) ? (name as EnrollmentOrder) : null;
}

export const isTextOrder = (order: EnrollmentOrder) => ORDERS[order].type === "text";
export const isTimeOrder = (order: EnrollmentOrder) => ORDERS[order].type === "timestamptz";

/** An expression that is never null, so that a page goes on where the one before ended. */
export function sortedBy(order: EnrollmentOrder, isAscending: boolean) {
  const { type, value, joins = "" }: Order = ORDERS[order];
  return { type, joins, by: NEVER_NULL[type](value, isAscending) };
}

const NEVER_NULL: Readonly<Record<Order["type"], (value: string, isAscending: boolean) => string>> = {
  timestamptz: (value, isAscending) => `coalesce(${value}, '${isAscending ? "infinity" : "-infinity"}')`,
  int: (value, isAscending) => `coalesce(${value}, ${isAscending ? 2_147_483_647 : -1})`,
  // The first sign says whether there is a text.
  text: (value, isAscending) =>
    `case when coalesce(${value}, '') = '' then '${isAscending ? "1" : ""}' else '0' || lower(left(${value}, 300)) end`,
};
