/** The named questions as forms, and the place where answers are shown. */

VIEWS.push("questions");
/** What the form and the editor were last drawn for; what is typed since stays. */
let drawnForm = "";
let drawnSparql = null;

/** Make a thing asked the one that the state holds, and get its answer. */
function askNow(ask) {
  answer.key = ask.asked ? "" : answer.key; // Asked again, it is answered anew.
  answerRows = ANSWER_ROWS;
  change(() => Object.assign(state, { ask, within: false }));
}

/** The list of questions, under their groups; those whose words fit when something is looked for. */
function drawQuestionList() {
  const wanted = plain(byId("question-find").value.trim());
  const button = (name, words) => element("button", { type: "button", className: "plain", "data-question": name, "aria-current": state.ask?.name === name ? "true" : null,
    onclick: () => chooseQuestion(name) }, words);
  const fits = offered.questions.filter(({ name, title, description }) => plain(`${name} ${title} ${description}`).includes(wanted));
  const groups = [...new Set(fits.map(({ group }) => group))].map((group, at) => [element("p", { id: `question-group-${at}` }, group),
    element("ul", { "aria-labelledby": `question-group-${at}` }, ...fits.filter((question) => question.group === group).map(({ name, title }) => element("li", {}, button(name, title))))]);
  byId("question-list").replaceChildren(element("ul", {}, element("li", {}, button(SPARQL, "Ask in SPARQL"))), ...groups.flat(),
    ...(fits.length ? [] : [element("p", { className: "quiet" }, "No question has these words.")]));
}

function chooseQuestion(name) {
  askNow({ name, values: new Map(), sparql: name === SPARQL ? sparqlText() || offered.examples[0].sparql : "", asked: false, as: "" });
  if (window.innerWidth < 1000) byId("question-choice").open = false;
  byId("question-heading").focus();
}

/** The box for a parameter: a list where its values are few, a day, a number, or text with suggestions. */
function fieldOf({ name, label, type, default: usual, help, choices }, given) {
  const id = `with-${name}`;
  const common = { id, name, "aria-describedby": `${id}-help` };
  const value = given.get(name) ?? usual ?? "";
  let box = null;
  if (choices) {
    box = element("select", common, element("option", { value: "" }, "any"), ...choices.map(([code, words]) => element("option", { value: code }, words)));
    box.value = value;
  } else {
    const kinds = {
      date: value && !isDay(value) ? { placeholder: "2023, 2023-12 or a day" } : { type: "date" }, // A month has no place in a box for days.
      number: { type: "number", step: "any" }, confidence: { type: "number", min: 0, max: 1, step: "any" },
    };
    box = element("input", { ...common, type: "text", maxLength: LONGEST_TEXT, autocomplete: "off", spellcheck: false, value, ...kinds[type] });
  }
  const parts = [element("label", { htmlFor: id }, label), box];
  if (type === "actor" || type === "country") parts.push(suggestions(box, type, `${id}-list`));
  return element("p", { className: "field" }, ...parts, element("span", { id: `${id}-help`, className: "quiet" }, help));
}

/** Countries whose name or code has this text. */
const countriesNamed = (text) => Object.entries(data.words.country).filter(([code, name]) => plain(`${name} ${code}`).includes(plain(text))).slice(0, SUGGESTED);

/** Names that fit what is typed; of actors those of most events first. */
function suggestions(box, type, id) {
  const list = element("datalist", { id });
  const fill = async () => {
    const wanted = box.value.trim();
    const fits = type === "country" ? countriesNamed(wanted) : await source.actors(wanted);
    if (!fits || wanted !== box.value.trim()) return; // Something else was typed since.
    list.replaceChildren(...fits.map(([value, words]) => element("option", { value }, value === words ? "" : words)));
  };
  box.setAttribute("list", id);
  box.addEventListener("input", fill);
  fill();
  return list;
}

const formValues = () => new Map([...new FormData(byId("question-form"))].map(([name, value]) => [name, String(value).trim()]).filter(([, value]) => value));

/** The form of a named question. */
function drawForm(question, ask) {
  const asSparql = element("button", { type: "button", className: "small" }, "Show as SPARQL");
  asSparql.addEventListener("click", async () => {
    const values = formValues();
    chooseQuestion(SPARQL);
    await writeQuestion(question.name, values);
  });
  byId("question-heading").textContent = question.title;
  byId("question-words").textContent = question.description;
  byId("question-fields").replaceChildren(...question.parameters.map((parameter) => fieldOf(parameter, ask.values)),
    element("div", { className: "acts" }, element("button", { type: "submit", className: "main" }, "Ask"), asSparql));
}

/** Draw what is asked: the list, the form or the editor, the answer. */
function drawQuestions() {
  drawWithin();
  const { ask } = state;
  if (ask?.asked && (state.view === "questions" || state.within)) getAnswer(ask, state.within);
  if (!offered && (state.view === "questions" || state.within)) offerQuestions();
  if (state.view !== "questions" || !offered) return;
  drawQuestionList();
  const question = ask && offered.named.get(ask.name);
  const editing = ask?.name === SPARQL;
  byId("question-form").hidden = !question;
  byId("sparql").hidden = !editing;
  const form = question ? keyOf(ask) : editing ? SPARQL : "";
  if (question && form !== drawnForm) drawForm(question, ask);
  if (editing) {
    byId("question-heading").textContent = "Ask in SPARQL";
    byId("question-words").textContent = "SPARQL 1.1 over the union of all articles; GRAPH reaches a single one. The service only reads, and gives up what takes too long.";
    if (ask.sparql !== drawnSparql) writeSparql(ask.sparql || offered.examples[0].sparql);
    drawnSparql = ask.sparql;
    startEditor();
    yasqe?.refresh();
  } else if (!question) {
    byId("question-heading").textContent = ask ? "There is no such question" : "Choose a question";
    byId("question-words").textContent = "Each question can be narrowed to an actor, a country or a time. The answer comes as a table, and as a time line, a map or a graph where its rows allow that.";
  }
  drawnForm = form;
  drawAsking();
  drawAnswer();
}

function drawAsking() {
  const busy = answer.busy && state.ask?.asked;
  byId("asking-words").textContent = busy ? (answer.rows.length ? `Asking for more: ${count(answer.rows.length, "row")} so far …` : "Asking …") : "";
  byId("asking-stop").hidden = !busy;
}

/** The answer has come, or will not come. */
function showAnswer() {
  if (state.within && isServed) drawWithin(); // Who asks the server for these events waits for the answer.
  else if (state.within) { // Which events pass depends on it.
    refresh();
    fit();
  } else if (state.view === "questions") {
    drawAsking();
    drawAnswer();
  }
}

/** Tell above the filters that the events are those of an answer, with a way back. */
function drawWithin() {
  const { ask, within } = state;
  byId("within").hidden = !within;
  if (!within) return;
  const { number, unknown, over } = answeredEvents();
  const name = ask.name === SPARQL ? "a query in SPARQL" : `“${offered?.named.get(ask.name)?.title ?? ask.name}”`;
  const given = [...ask.values.values()].join(", ");
  byId("within-words").textContent = answer.key !== keyOf(ask) || answer.busy ? "Asking for the events to show …"
    : answer.trouble ? `The events cannot be told: ${answer.trouble}`
      : [`Only the ${count(number, "event")} in the answer to ${name}${given ? ` (${given})` : ""}.`,
        unknown ? `${count(unknown, "event")} of it ${unknown === 1 ? "is" : "are"} not on this page.` : "",
        over ? `${count(over, "more event")} of it ${over === 1 ? "is" : "are"} left out: ${number.toLocaleString("en")} are the most that can be shown.` : "",
        answer.total > answer.rows.length ? `The answer has ${count(answer.total, "row")}; events of the first ${answer.rows.length.toLocaleString("en")} are shown.` : "",
        ask.name === SPARQL && !fitsAddress(ask.sparql) ? "The query is too long for the address: a link or a reload shows all events." : ""].filter(Boolean).join(" ");
}

let offering = false;

async function offerQuestions() {
  if (offering) return;
  offering = true;
  byId("question-words").textContent = "Loading the questions …";
  try {
    await loadOffered();
    fillExamples();
    byId("question-find").hidden = false;
    if (window.innerWidth < 1000 && state.ask) byId("question-choice").open = false;
    refresh();
  } catch (error) {
    byId("question-words").textContent = "";
    byId("answer-trouble").textContent = error.message;
  }
  offering = false;
}

function listenToQuestions() {
  byId("question-find").addEventListener("input", drawQuestionList);
  byId("question-form").addEventListener("submit", (sent) => {
    sent.preventDefault();
    const ask = { name: state.ask.name, values: formValues(), sparql: "", asked: true, as: "" };
    drawnForm = keyOf(ask);
    askNow(ask);
  });
  byId("sparql-ask").addEventListener("click", askSparql);
  byId("asking-stop").addEventListener("click", () => stopAsking.abort());
  byId("within-back").addEventListener("click", () => change(() => Object.assign(state, { view: "questions", within: false })));
  byId("within-all").addEventListener("click", () => change(() => (state.within = false)));
  window.addEventListener("resize", () => state.view === "questions" && drawAnswer());
}
listenToQuestions();
