/** Builds elements; text is only ever set as text, never as markup. */

const byId = (id) => document.getElementById(id);

/** An element with properties, `on...` listeners, `aria-`/`data-` attributes and children (elements or text). */
function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name.includes("-") || name === "role" || name === "scope") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function svg(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A link for http and https addresses, plain text for anything else. */
function outsideLink(address, words) {
  let parsed = null;
  try {
    parsed = new URL(address);
  } catch {
    return element("span", {}, words);
  }
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") return element("span", {}, words);
  return element("a", { href: parsed.href, target: "_blank", rel: "noopener noreferrer" }, words);
}

const count = (number, one, many = one + "s") => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
