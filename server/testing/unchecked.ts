// Values that are not what the types ask for, each with its reason in the function's name.

/** Input that the types refuse: the test is about the server's answer. */
export const unchecked = <Asked>(value: unknown) => value as Asked;

type Parts<Whole> = Whole extends readonly (infer Item)[]
  ? readonly Parts<Item>[]
  : Whole extends object
    ? { [Key in keyof Whole]?: Parts<Whole[Key]> }
    : Whole;

/** A record with no more of it than what is tested reads. */
export const partOf = <Whole>(parts: Parts<Whole>) => parts as Whole;
