/** The editor of SPARQL: Yasqe, fetched from the service when it is first needed, in place of a plain box. */

let yasqe = null;
let editorAsked = false;

/** Run Yasqe and apply its style; the policy knows the script by its hash and the style by the page's nonce. */
async function loadYasqe() {
  const [script, style] = await Promise.all(["/explore/yasqe.min.js", "/explore/yasqe.min.css"].map(async (address) => (await request(address)).text()));
  document.head.append(element("style", { textContent: style }));
  document.head.append(element("script", { textContent: script }));
  const { Yasqe } = window;
  for (const name of Object.keys(Yasqe.Autocompleters)) if (name !== "variables") delete Yasqe.Autocompleters[name]; // The others ask other computers.
  Yasqe.registerAutocompleter({ name: "ontology", bulk: false, autoShow: true, isValidCompletionPosition: isTermPlace, get: fittingTerms, postprocessHints: withMeaning }, false);
  Yasqe.defaults.autocompleters = ["variables", "ontology"];
  // The prefixes that the service knows without being told are no errors.
  Yasqe.defineMode("known-prefixes", (config) => {
    const mode = Yasqe.getMode(config, "sparql11");
    return { ...mode, startState: () => Object.assign(mode.startState(), { prefixes: { ...offered.prefixes } }) };
  });
  return Yasqe;
}

/** Whether a term can stand at the cursor: not in a variable, a text, a comment or a full IRI. */
function isTermPlace(editor) {
  const token = editor.getCompleteToken();
  return !/^[?$"'#<]/.test(token.string) && !["string", "comment", "variable"].includes(token.type);
}

/** The terms whose name starts as the word at the cursor, then those that hold it; after "a" classes only. */
function fittingTerms(editor, token) {
  const wanted = token.string.trim().toLowerCase();
  if (wanted.length < 2) return [];
  const before = editor.getLine(editor.getCursor().line).slice(0, token.start).trimEnd();
  const fits = /(^|\s)(a|rdf:type)$/.test(before) ? ([, kind]) => kind === "class" : () => true;
  const places = offered.terms.filter(fits).map(([name]) => [name, name.toLowerCase()]);
  const starts = places.filter(([, name]) => name.startsWith(wanted) || name.slice(name.indexOf(":") + 1).startsWith(wanted));
  const holds = places.filter((place) => !starts.includes(place) && place[1].includes(wanted));
  const found = [...starts, ...holds].slice(0, 50).map(([name]) => name);
  return found[0]?.toLowerCase() === wanted ? [] : found; // A whole name needs no more.
}

/** Beside each term what it is and means. */
function withMeaning(editor, hints) {
  const known = new Map(offered.terms.map(([name, kind, meaning]) => [name, [kind, meaning]]));
  return hints.map((hint) => ({
    ...hint,
    render(box) {
      const [kind, meaning] = known.get(hint.text) ?? ["", ""];
      box.append(element("strong", {}, hint.text), element("span", { className: "meaning" }, ` ${kind}${meaning ? `: ${meaning}` : ""}`));
    },
  }));
}

/** What is written in the editor now. */
const sparqlText = () => (yasqe ? yasqe.getValue() : byId("sparql-text").value);

function writeSparql(text) {
  if (sparqlText() === text) return;
  if (yasqe) yasqe.setValue(text);
  else byId("sparql-text").value = text;
}

/** Put Yasqe in the place of the plain box, which stays where Yasqe cannot be had. */
async function startEditor() {
  if (editorAsked) return;
  editorAsked = true;
  const box = byId("sparql-text");
  box.addEventListener("keydown", (pressed) => {
    if (pressed.key === "Enter" && (pressed.ctrlKey || pressed.metaKey)) askSparql();
  });
  try {
    const Yasqe = await loadYasqe();
    const had = document.activeElement === box;
    const made = new Yasqe(byId("sparql-editor"), {
      value: box.value, mode: "known-prefixes", syntaxErrorCheck: false, inputStyle: "contenteditable", screenReaderLabel: "SPARQL query", lineWrapping: true, viewportMargin: Infinity, editorHeight: "auto",
      persistenceId: null, createShareableLink: null, consumeShareLink: null, showQueryButton: false, resizeable: false,
      foldGutter: false, gutters: ["CodeMirror-linenumbers"],
      extraKeys: { "Ctrl-Enter": askSoon, "Cmd-Enter": askSoon, "Ctrl-S": false, Tab: false, "Shift-Tab": false, "Ctrl-Space": (editor) => editor.autocomplete() },
    });
    const input = made.getInputField();
    for (const [name, value] of [["role", "textbox"], ["aria-multiline", "true"], ["aria-describedby", "sparql-keys"]]) input.setAttribute(name, value);
    byId("sparql-plain").hidden = true;
    yasqe = made;
    let waiting = 0;
    made.on("change", () => {
      clearTimeout(waiting);
      waiting = setTimeout(checkSparql, 500);
    });
    checkSparql();
    if (had) made.focus();
  } catch (error) {
    byId("sparql-note").textContent = `The plain box stands in for the editor: ${error.message}`;
  }
}

/** Tell the first line that the grammar cannot read, in words, so that a screen reader tells it too. */
function checkSparql() {
  const states = [...Array(yasqe.lineCount()).keys()].map((line) => yasqe.getTokenAt({ line, ch: yasqe.getLine(line).length }, true).state);
  const at = states.findIndex(({ OK }) => !OK);
  const { errorMsg, possibleCurrent = [] } = states[at] ?? {};
  const expected = possibleCurrent.length && possibleCurrent.length < 12 ? `; expected: ${possibleCurrent.join(", ")}` : "";
  byId("sparql-note").textContent = at < 0 || !yasqe.getValue().trim() ? "" : `Line ${at + 1}: ${errorMsg ?? `not valid SPARQL${expected}`}.`;
}

/** CodeMirror takes in what was typed some 80 ms later. */
const askSoon = () => void setTimeout(askSparql, 120);

/** Ask what is written. */
function askSparql() {
  const sparql = sparqlText();
  if (!sparql.trim()) {
    byId("answer-trouble").textContent = "Write a query first, or choose an example.";
    return;
  }
  if (!fitsAddress(sparql)) byId("sparql-note").textContent = "This query is too long for the address: a link to it will not hold it.";
  drawnSparql = sparql;
  askNow({ name: SPARQL, values: new Map(), sparql, asked: true, as: "" });
}

function fillExamples() {
  const choose = byId("sparql-example");
  const group = (label, options) => element("optgroup", { label }, ...options.map(([value, words]) => element("option", { value }, words)));
  choose.replaceChildren(element("option", { value: "" }, "Choose an example"),
    group("To start from", offered.examples.map(({ title }, at) => [`example ${at}`, title])),
    group("The named questions", offered.questions.map(({ name, title }) => [`question ${name}`, title])));
  choose.addEventListener("change", async () => {
    const [kind, which] = choose.value.split(" ");
    choose.value = "";
    if (kind === "example") writeSparql(offered.examples[which].sparql);
    if (kind === "question") await writeQuestion(which, new Map());
  });
  byId("sparql-prefixes").replaceChildren(...Object.entries(offered.prefixes).map(([prefix, iri]) =>
    element("div", {}, element("dt", {}, `${prefix}:`), element("dd", {}, iri))));
}

/** Write the SPARQL of a named question into the editor. */
async function writeQuestion(name, values) {
  try {
    const response = await request(`/api/questions/${encodeURIComponent(name)}/sparql?${new URLSearchParams([...values])}`);
    writeSparql((await response.text()).trim());
  } catch (error) {
    byId("answer-trouble").textContent = error.message;
  }
}
