// What is wrong with how a page is laid out, a line each.
(() => {
  const SLACK = 1, SEEN = 2; // pixels
  const TEXT_CONTRAST = 4.5, MARK_CONTRAST = 3; // WCAG 1.4.3 and 1.4.11
  const faults = [];

  const isDrawn = element =>
    element.checkVisibility() && ["fill", "stroke"].some(paint => {
      const value = getComputedStyle(element)[paint];
      return value !== "none" && value !== "rgba(0, 0, 0, 0)";
    });
  const rgb = color => color.match(/[\d.]+/g).slice(0, 3).map(Number);
  const luminance = color => {
    const [r, g, b] = rgb(color).map(part => part / 255)
      .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const isOutside = (inner, outer) =>
    inner.left < outer.left - SLACK || inner.right > outer.right + SLACK ||
    inner.top < outer.top - SLACK || inner.bottom > outer.bottom + SLACK;
  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > SLACK &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > SLACK * 3; // lines may touch
  // A picture may let its labels reach into the page's margin, unless it is scrolled.
  const visible = chart => {
    const box = chart.getBoundingClientRect();
    return chart.closest(".scroll") || getComputedStyle(chart).overflowX !== "visible" ? box : {
      left: 0, right: document.documentElement.clientWidth, top: box.top, bottom: box.bottom
    };
  };
  const page = getComputedStyle(document.body).backgroundColor;
  const tell = (chart, what) => faults.push(`${chart.querySelector("title")?.textContent}: ${what}`);

  for (const chart of document.querySelectorAll("svg")) {
    if (!chart.checkVisibility()) continue;
    const frame = visible(chart);
    const marks = [...chart.querySelectorAll("path, rect, circle")].filter(isDrawn);
    if (!marks.length) tell(chart, "no marks");
    for (const mark of marks) {
      if (isOutside(mark.getBoundingClientRect(), frame)) {
        tell(chart, `a mark is cut off: ${mark.outerHTML.slice(0, 120)}`);
      }
      const style = getComputedStyle(mark);
      const paint = style.fill !== "none" ? style.fill : style.stroke;
      const drawn = mark.getBoundingClientRect();
      const scale = chart.getBoundingClientRect().width / chart.viewBox.baseVal.width;
      const thickness = parseFloat(style.strokeWidth) * scale;
      if (style.fill === "none" && Math.max(drawn.width, drawn.height) + thickness < SEEN) {
        tell(chart, `a mark is too small: ${mark.outerHTML.slice(0, 120)}`);
      }
      const ratio = contrast(paint, page);
      if (ratio < MARK_CONTRAST) tell(chart, `contrast ${ratio.toFixed(2)} of a mark ${paint}`);
    }
    const texts = [...chart.querySelectorAll("text")].filter(text => text.textContent.trim());
    const boxes = texts.map(text => text.getBoundingClientRect());
    texts.forEach((text, i) => {
      if (isOutside(boxes[i], frame)) tell(chart, `text is cut off: ${text.textContent}`);
      const ratio = contrast(getComputedStyle(text).fill, page);
      if (ratio < TEXT_CONTRAST) tell(chart, `contrast ${ratio.toFixed(2)} of ${text.textContent}`);
      for (let j = 0; j < i; j++) {
        if (overlap(boxes[i], boxes[j])) {
          tell(chart, `text lies on text: ${texts[j].textContent} and ${text.textContent}`);
        }
      }
    });
  }

  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    const widest = [...document.body.querySelectorAll("*")]
      .filter(element => !element.closest(".scroll, pre, svg"))
      .filter(element => element.getBoundingClientRect().right > width + SLACK)
      .map(element => element.outerHTML.slice(0, 80));
    faults.push(`wider than the page: ${widest.slice(-3).join("; ")}`);
  }
  return faults;
})()
