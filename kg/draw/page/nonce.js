/** Gives the page's nonce to the style elements that the library adds, as the page's policy asks. */

const makeElement = document.createElement.bind(document);
document.createElement = (name, options) => {
  const made = makeElement(name, options);
  if (String(name).toLowerCase() === "style") made.nonce = document.body.dataset.nonce;
  return made;
};
