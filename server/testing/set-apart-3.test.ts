import { tryApart } from "./set-apart-trial.ts";

await tryApart("set-apart-3.txt", { set: "the third set", acted: 0.8, wrongClass: 0.1 });
