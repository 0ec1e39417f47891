const shapes = {
  close: "M6 6l12 12M18 6L6 18",
  send: "M4 12l16-8-6 16-3-7-7-1z",
  clip: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7L9.5 17a1.7 1.7 0 0 1-2.4-2.4L14.5 7",
  sound: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  mute: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4zM16 10l5 5M21 10l-5 5",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2",
  tick: "M5 13l4.5 4.5L19 8",
  ticks: "M2 13l4.5 4.5L16 8M11.5 16.5l1 1L22 8",
  alert: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v5M12 16v.01",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  page: "M5 4h9a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM9 9h4M9 13h4M17 8h2v10a2 2 0 0 1-2 2",
  star: "M12 3.5l2.7 5.5 6 .9-4.4 4.2 1 6-5.3-2.8L6.7 20l1-6-4.4-4.2 6-.9z",
  down: "M6 9l6 6 6-6",
  bot: "M12 4v3M6 8h12a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM9 12v2M15 12v2",
};

export function icon(name: keyof typeof shapes): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = svg.appendChild(document.createElementNS(space, "path"));
  path.setAttribute("d", shapes[name]);
  return svg;
}
