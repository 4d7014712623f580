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
  const show = epoch => {
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
  const most = Math.max(...values.map(v => v.length));
  const read = event => {
    const x = (event.clientX - svg.getBoundingClientRect().left) / svg.clientWidth * box.width;
    const epoch = Math.round(from + (x - left) / (right - left) * (to - from));
    show(Math.min(most, Math.max(1, epoch)));
  };
  svg.addEventListener("pointermove", read);
  svg.addEventListener("pointerdown", read);
  svg.addEventListener("pointerleave", () => {
    cursor.classList.add("off");
    readout.textContent = "";
  });
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
