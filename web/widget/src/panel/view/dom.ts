type Value = string | number | boolean | null | undefined | ((event: Event) => void);
export type Child = Node | string | null | false;

/** An element with its attributes, its listeners (`onclick: …`) and children. Texts become text, never markup. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, Value> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/** Words for those who hear the page. */
export const spoken = (text: string) => h("span", { class: "spoken" }, text);

/** Writes only what differs, so that nothing is announced twice and no selection is lost. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
