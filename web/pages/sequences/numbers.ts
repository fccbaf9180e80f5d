// Numbers as they are said.

const NUMBER = new Intl.NumberFormat("en");

export function number(n: number) {
  return NUMBER.format(n);
}

/** "1 contact", "3,214 contacts". */
export function count(n: number, one: string, many = `${one}s`) {
  return `${NUMBER.format(n)} ${n === 1 ? one : many}`;
}
