/** What the page's policy asks of a style that a part makes while it runs. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
