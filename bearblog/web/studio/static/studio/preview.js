// Shows the text beside itself as readers will see it, a moment after each change, where the window is wide.

const form = document.querySelector("[data-keep]");
const stage = document.querySelector("[data-preview]");
const wide = matchMedia("(min-width: 70rem)");
const { text } = form.elements;

const PAUSE = 900;
const PATIENCE = 10000;

let timer = 0;
let number = 0;
let coming = null;
let isStale = false;

function show() {
  clearTimeout(timer);
  if (!wide.matches) return;
  if (coming) {
    isStale = true;
    return;
  }
  isStale = false;
  coming = document.createElement("iframe");
  // A frame of its own for each: a frame that is used again would fill the way back with old previews.
  coming.name = `preview-${++number}`;
  coming.title = "Preview";
  coming.className = "coming";
  coming.tabIndex = -1;
  const rest = setTimeout(() => arrive(), PATIENCE);
  stage.append(coming);
  coming.addEventListener("load", () => {
    clearTimeout(rest);
    arrive();
  });
  post(coming.name);
}

function post(target) {
  const order = document.createElement("form");
  order.method = "post";
  order.enctype = "multipart/form-data";
  order.action = stage.dataset.preview;
  order.target = target;
  order.hidden = true;
  for (const [name, value] of new FormData(form)) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    order.append(field);
  }
  document.body.append(order);
  order.submit();
  order.remove();
}

function arrive() {
  if (!coming) return;
  for (const old of stage.querySelectorAll("iframe:not(.coming)")) old.remove();
  coming.className = "";
  coming.name = "preview";
  coming.removeAttribute("tabindex");
  // The page inside cannot be asked how long it is. It gets more room than its words need, so that only the
  // stage around it scrolls, and keeps its place when the page is another one.
  const pictures = text.value.split("![").length - 1;
  const length = Math.ceil(text.scrollHeight * 1.25 + pictures * 480 + 320);
  coming.style.height = `${Math.max(stage.clientHeight, Math.min(length, 60000))}px`;
  coming = null;
  if (isStale) show();
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(show, PAUSE);
});

form.addEventListener("submit", (event) => {
  if (event.submitter?.getAttribute("formtarget") !== "preview" || !wide.matches) return;
  event.preventDefault();
  show();
});

wide.addEventListener("change", show);
stage.classList.add("live");
show();
