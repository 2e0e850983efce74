// Takes files dropped anywhere on the page, and tells the form that wants them: studio:dropped.

const form = document.querySelector("[data-drop]");

addEventListener("dragover", (event) => {
  if (![...event.dataTransfer.types].includes("Files")) return;
  event.preventDefault();
  form.classList.add("dropping");
});

addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) form.classList.remove("dropping");
});

addEventListener("drop", (event) => {
  form.classList.remove("dropping");
  const files = [...(event.dataTransfer?.files ?? [])];
  if (!files.length) return;
  event.preventDefault();
  form.dispatchEvent(new CustomEvent("studio:dropped", { detail: { files } }));
});
