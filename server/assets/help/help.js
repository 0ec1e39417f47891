// What makes the help pages quicker; without it they work all the same.
"use strict";

/** A search field that proposes articles while somebody types: a combobox with a list. */
for (const form of document.querySelectorAll("form.search")) {
  const input = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  const said = document.createElement("p");
  const pause = 150;
  let options = [];
  let chosen = -1;
  let waiting = 0;
  let asking = new AbortController();

  list.id = `${input.id}_list`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.name);
  said.className = "said";
  said.setAttribute("role", "status");
  form.append(list, said);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  })) input.setAttribute(name, value);

  function choose(place) {
    chosen = place;
    options.forEach(({ element }, at) => element.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", options[chosen].element.id);
      options[chosen].element.scrollIntoView({ block: "nearest" });
    }
  }

  function open(isOpen) {
    list.hidden = !isOpen || !options.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (list.hidden) choose(-1);
  }

  function option({ title, detail, language, act }, at) {
    const element = document.createElement("li");
    element.id = `${list.id}_${at}`;
    element.setAttribute("role", "option");
    if (language) element.lang = language;
    element.append(title);
    if (detail) element.appendChild(document.createElement("span")).textContent = detail;
    // The field keeps the focus.
    element.addEventListener("mousedown", (event) => event.preventDefault());
    element.addEventListener("click", act);
    return { element, act };
  }

  function show(found) {
    const all = found.map((one) => ({ ...one, act: () => location.assign(one.url) }));
    if (all.length) all.push({ title: form.dataset.all, act: () => form.requestSubmit() });
    options = all.map(option);
    list.replaceChildren(...options.map(({ element }) => element));
    choose(-1);
    open(document.activeElement === input);
    said.textContent = (found.length === 1 ? form.dataset.one : form.dataset.many).replace("{count}", found.length);
  }

  async function ask() {
    asking.abort();
    asking = new AbortController();
    const words = input.value.trim();
    if (words.length < 2) {
      options = [];
      said.textContent = "";
      return open(false);
    }
    const address = new URL(form.dataset.suggestions, location.href);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch {
      // Typed on meanwhile, or not connected: the form works without.
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, pause);
  });
  input.addEventListener("focus", () => open(true));
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = options.length - 1;
    if (event.key === "ArrowDown" && options.length) {
      if (list.hidden) open(true);
      choose(chosen < last ? chosen + 1 : 0);
    } else if (event.key === "ArrowUp" && options.length) {
      if (list.hidden) open(true);
      choose(chosen > 0 ? chosen - 1 : last);
    } else if (event.key === "Escape" && !list.hidden) open(false);
    else if (event.key === "Enter" && chosen >= 0) options[chosen].act();
    else return;
    event.preventDefault();
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    asking.abort();
  });
}

/** The chat's own script opens it; until that is there, nothing promises one. */
for (const button of document.querySelectorAll("[data-chat]")) {
  const ready = () => { button.parentElement.hidden = false; };
  button.addEventListener("click", () => window.Parley?.open());
  if (window.Parley) ready();
  else addEventListener("parley:ready", ready);
}
