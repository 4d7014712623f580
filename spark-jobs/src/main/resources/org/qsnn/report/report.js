"use strict";
for (const figure of document.querySelectorAll("figure")) {
  const svg = figure.querySelector("svg.chart");
  if (!svg) continue;
  const lines = [...svg.querySelectorAll("path.line[data-values]")];
  if (!lines.length) continue;
  const values = lines.map(line => line.dataset.values.split(" "));
  const readout = figure.appendChild(document.createElement("output"));
  const cursor = svg.querySelector("line").cloneNode();
  cursor.setAttribute("class", "cursor off");
  svg.append(cursor);
  const left = +svg.dataset.left, right = +svg.dataset.right;
  const from = +svg.dataset.from, to = +svg.dataset.to;
  const box = svg.viewBox.baseVal;
  const most = Math.max(...values.map(v => v.length));
  let epoch = 0;
  const show = wanted => {
    epoch = Math.min(most, Math.max(1, wanted));
    const x = left + (epoch - from) / (to - from) * (right - left);
    cursor.setAttribute("x1", x);
    cursor.setAttribute("x2", x);
    cursor.setAttribute("y1", svg.dataset.top);
    cursor.setAttribute("y2", svg.dataset.bottom);
    cursor.classList.remove("off");
    readout.textContent = "epoch " + epoch + ": " + lines
      .map((line, i) => [line, values[i][epoch - 1] || "–"])
      .filter(([line]) => !line.classList.contains("off"))
      .map(([line, value]) => line.dataset.name + " " + value).join(", ");
  };
  const hide = () => {
    cursor.classList.add("off");
    readout.textContent = "";
  };
  const read = event => {
    const x = (event.clientX - svg.getBoundingClientRect().left) / svg.clientWidth * box.width;
    show(Math.round(from + (x - left) / (right - left) * (to - from)));
  };
  svg.addEventListener("pointermove", read);
  svg.addEventListener("pointerdown", read);
  svg.addEventListener("pointerleave", hide);
  const reader = figure.appendChild(document.createElement("button"));
  reader.type = "button";
  reader.className = "reader";
  reader.ariaLabel = "Read values: arrow keys, Home, End";
  const moves = {
    ArrowLeft: () => epoch - 1, ArrowRight: () => epoch + 1, Home: () => 1, End: () => most
  };
  reader.addEventListener("focus", () => show(epoch || most));
  reader.addEventListener("blur", hide);
  reader.addEventListener("keydown", event => {
    if (!moves[event.key]) return;
    event.preventDefault();
    show(moves[event.key]());
  });
  readout.setAttribute("aria-live", "polite");
  for (const item of figure.querySelectorAll(".legend li")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = item.textContent;
    button.setAttribute("aria-pressed", "true");
    item.replaceChildren(button);
    button.addEventListener("click", () => {
      const off = lines[+item.dataset.series].classList.toggle("off");
      button.setAttribute("aria-pressed", String(!off));
    });
  }
}
// What is folded away would be missing on paper.
const folded = () => [...document.querySelectorAll("details:not([open])")];
let opened = [];
addEventListener("beforeprint", () => {
  opened = folded();
  opened.forEach(details => { details.open = true; });
});
addEventListener("afterprint", () => opened.forEach(details => { details.open = false; }));
