// Numbers of things, the same everywhere: 1,005.

const FIGURE = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 6 });

export function figure(n: number) {
  return FIGURE.format(n);
}

/** "1 mail", "1,005 mails". */
export function count(n: number, one: string, many = `${one}s`) {
  return `${figure(n)} ${n === 1 ? one : many}`;
}
