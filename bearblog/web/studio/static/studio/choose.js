// Counts the chosen rows of a list, and chooses all of them at once.

const form = document.querySelector("[data-rows]");
const all = form.querySelector("[data-all]");
const count = form.querySelector("[data-count]");
const rows = [...form.querySelectorAll("input[name=chosen]")];

function show() {
  const chosen = rows.filter((row) => row.checked).length;
  all.checked = chosen === rows.length;
  all.indeterminate = chosen > 0 && chosen < rows.length;
  count.textContent = chosen ? `${chosen} chosen` : "";
}

all.closest("label").hidden = false;
all.addEventListener("change", () => {
  for (const row of rows) row.checked = all.checked;
  show();
});
form.addEventListener("change", show);
show();
