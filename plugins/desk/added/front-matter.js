// How the browser desk writes a file: as the files that people write by hand, so that what nobody changed stays as it
// was, byte for byte. The lists of names come from the tables of front matter, which also give the order of the keys.

// A text that YAML takes as it stands, in braces and brackets too.
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{N} .’'+/&–_:()-]*$/u;
const MEANS_MORE = /: |[ :]$|^(true|false|yes|no|on|off|null|~)$|^0[xo][\da-f]+$|^(?!\d{4}$)\d[\d_:.-]*(e[+-]?\d+)?$/i;
const WIDE = 160;
const DATE = /^\d{4}(-\d\d){0,2}(T[\d:]+([+-]\d\d:\d\d|Z)?)?$/;
// Characters that end a line of YAML 1.1 inside of quotation marks, or that no editor shows.
const ESCAPED = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

const quoted = (text) =>
  JSON.stringify(text).replace(ESCAPED, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

function scalar(value, name, style) {
  if (typeof value !== "string") return String(value);
  const plain = DATE.test(value) || (PLAIN.test(value) && !MEANS_MORE.test(value));
  return plain && !style.quoted.includes(name) ? value : quoted(value);
}

function inline(value, name, style) {
  if (Array.isArray(value)) return `[${value.map((item) => inline(item, name, style)).join(", ")}]`;
  if (value === null || typeof value !== "object") return scalar(value, name, style);
  return `{${Object.entries(value).map(([key, part]) => `${key}: ${inline(part, key, style)}`).join(", ")}}`;
}

function line(name, value, style) {
  if (!Array.isArray(value)) return `${name}: ${inline(value, name, style)}`;
  if (value.length === 1 && style.alone.includes(name)) return `${name}: ${inline(value[0], name, style)}`;
  const short = `${name}: ${inline(value, name, style)}`;
  if (short.length <= WIDE && value.every((item) => typeof item !== "object")) return short;
  return [`${name}:`, ...value.map((item) => `  - ${inline(item, "", style)}`)].join("\n");
}

// Return the text of a file that says `entry`; `style` names the keys whose texts stand in quotation marks, and those
// whose only value stands without a list.
export function written({ body = "", ...facts }, style) {
  const said = Object.entries(facts).filter(([, value]) => value !== false && value !== undefined);
  return ["---", ...said.map(([name, value]) => line(name, value, style)), "---", body].join("\n");
}
