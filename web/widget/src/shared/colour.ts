/** Colours that can be read, whatever colour a company chose for its widget. */

type Rgb = readonly [number, number, number];

/** WCAG 2.2 AA for text of usual size. */
const enough = 4.5;
const fallback: Rgb = [11, 107, 102];
const black: Rgb = [16, 20, 23];
const white: Rgb = [255, 255, 255];

/** `#abc` or `#aabbcc`; anything else is the product's own colour. */
export function parse(colour: string): Rgb {
  const digits = /^#([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(colour.trim())?.[1];
  if (!digits) return fallback;
  const pairs = digits.length === 3 ? Array.from(digits, (digit) => digit + digit) : (digits.match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0] = pairs.map((pair) => Number.parseInt(pair, 16));
  return [red, green, blue];
}

const hex = (rgb: Rgb) => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

function luminance(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratio(one: Rgb, other: Rgb): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

export const contrast = (one: string, other: string) => ratio(parse(one), parse(other));

/** The colour as six digits: what a company typed never reaches a style sheet as it is. */
export const plain = (colour: string) => hex(parse(colour));

/** White where it can be read on the colour, and black otherwise. */
export const textOn = (colour: string) => hex(ratio(parse(colour), white) >= enough ? white : blackest(parse(colour)));
/** Soft black reads more calmly; on middling colours only the full one is dark enough. */
const blackest = (on: Rgb): Rgb => (ratio(on, black) >= enough ? black : [0, 0, 0]);

/** The colour itself, or as much nearer to black or white as it takes to be read on `background`. */
export function readableOn(background: string, colour: string): string {
  const ground = parse(background);
  const target = luminance(ground) > 0.18 ? 0 : 255;
  const own = parse(colour);
  for (let share = 0; share < 1; share += 0.05) {
    const mixed: Rgb = [own[0] + (target - own[0]) * share, own[1] + (target - own[1]) * share, own[2] + (target - own[2]) * share];
    // Rounded first, so that what was measured is what is shown.
    if (contrast(hex(mixed), background) >= enough) return hex(mixed);
  }
  return target ? "#ffffff" : "#000000";
}
