// Keeps what is typed and not saved yet: in this browser at once, on the box a few seconds later.

const form = document.querySelector("[data-keep]");
const kept = form.querySelector("[data-kept]");
const status = form.querySelector("[data-status]");
const { header, text } = form.elements;

const SHORT_PAUSE = 2500;
const LONGEST_WAIT = 8000;
const RETRY = 15000;
// A page that is being closed may send this much and no more.
const LAST_WORDS = 60000;

let baseline = values();
let isDirty = "dirty" in form.dataset;
let isLeaving = false;
let isTrouble = false;
let timer = 0;
let changedAt = 0;

form.elements.device.value = device();

function values() {
  return { header: header?.value ?? "", text: text.value };
}

function isSame(one, other) {
  return one.header === other.header && one.text === other.text;
}

function device() {
  const known = read("device") ?? crypto.randomUUID();
  write("device", known);
  return known;
}

// Private windows and full disks refuse; the box keeps the words all the same.
function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

function keepHere(isSent = false) {
  const record = { ...values(), at: Date.now(), base: form.elements.based_on.value, isSent };
  return write(form.dataset.keep, JSON.stringify(record));
}

function forget() {
  try {
    localStorage.removeItem(form.dataset.keep);
  } catch {
    return;
  }
}

function body() {
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "device", "subject"]) data.set(name, form.elements[name].value);
  for (const [name, value] of Object.entries(values())) data.set(name, value);
  return data;
}

function say(words) {
  if (status.textContent !== words) status.textContent = words;
}

function schedule(wait) {
  clearTimeout(timer);
  timer = setTimeout(keepThere, wait);
}

async function keepThere() {
  if (isLeaving || !isDirty) return;
  const sent = values();
  changedAt = 0;
  try {
    const response = await fetch(form.dataset.autosave, {
      method: "POST",
      body: body(),
      headers: { Accept: "application/json" },
      redirect: "manual",
    });
    const isAnswer = response.headers.get("Content-Type")?.startsWith("application/json");
    if (response.ok && isAnswer) {
      const answer = await response.json();
      kept.textContent = isDirty ? `Not saved yet; kept at ${answer.at}` : "";
      if (isTrouble) say("Connected again. Your words are kept on the site too.");
      isTrouble = false;
      if (isDirty && !isSame(sent, values())) schedule(SHORT_PAUSE);
      return;
    }
    trouble(isAnswer ? (await response.json()).error : await whatIsWrong(response));
  } catch {
    trouble("The site cannot be reached just now. Your words are kept in this browser; you can go on writing.");
  }
}

function trouble(words) {
  isTrouble = true;
  say(words);
  kept.textContent = "";
  // Nothing to say: the token was stale, and the page has a new one.
  schedule(words ? RETRY : SHORT_PAUSE);
}

async function whatIsWrong(response) {
  if (response.status >= 500) return "The site has trouble just now. Your words are kept in this browser.";
  if (await renewToken()) return "";
  return "You are signed out. Your words are kept in this browser: sign in in another tab, then go on here.";
}

// Signing in anew makes the tokens of open pages stale.
async function renewToken() {
  const response = await fetch(location.href, { redirect: "manual" });
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const token = page.querySelector("[data-keep] [name=csrfmiddlewaretoken]")?.value;
  if (!token) return false;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  return true;
}

form.addEventListener("input", () => {
  isDirty = !isSame(baseline, values());
  if (!isDirty) {
    forget();
    kept.textContent = "";
    return;
  }
  keepHere();
  changedAt ||= Date.now();
  if (!isTrouble) schedule(Math.max(0, Math.min(SHORT_PAUSE, changedAt + LONGEST_WAIT - Date.now())));
});

form.addEventListener("submit", (event) => {
  if (event.submitter?.formTarget) return;
  isLeaving = true;
  clearTimeout(timer);
  keepHere(true);
});

form.addEventListener("studio:saved", (event) => {
  const { sent, subject } = event.detail;
  forget();
  // A new text gets another name with its first save.
  form.elements.subject.value = subject;
  form.dataset.keep = form.dataset.prefix + subject;
  baseline = sent;
  isDirty = !isSame(baseline, values());
  kept.textContent = "";
  if (isDirty) keepHere();
});

addEventListener("pagehide", () => {
  if (!isDirty || isLeaving) return;
  keepHere();
  const data = body();
  if (values().text.length < LAST_WORDS) {
    fetch(form.dataset.autosave, { method: "POST", body: data, keepalive: true }).catch(() => {});
  }
});

// Back from signing in elsewhere, or from a tunnel: no need to wait for the next try.
for (const name of ["focus", "online"]) {
  addEventListener(name, () => {
    if (isTrouble) schedule(0);
  });
}

// Back from another page: the browser may show this one as it was left.
addEventListener("pageshow", () => {
  isLeaving = false;
  if (isDirty) schedule(SHORT_PAUSE);
});
